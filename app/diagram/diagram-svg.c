/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/diagram/diagram-svg.h"

#include <glib/gi18n-lib.h>

/* Colours of the light style of the window, by health */
static const struct
{
  const char *color;
  const char *dashes;
} looks[] = {
  [NT_HEALTH_OK] = { "#007c3d", "none" },      [NT_HEALTH_IDLE] = { "#5e5c64", "6 5" },
  [NT_HEALTH_WARNING] = { "#905400", "none" }, [NT_HEALTH_FAULT] = { "#c30000", "2 4" },
  [NT_HEALTH_UNKNOWN] = { "#5e5c64", "2 4" },  [NT_HEALTH_BUSY] = { "#5e5c64", "2 4" },
  [NT_HEALTH_INFO] = { "#5e5c64", "none" },
};

/* Left padding of text in a box */
typedef struct
{
  int line;
  gboolean is_mirrored;
} Style;

/* Names come from servers, so they must be escaped. */
static void
add_text (GString *svg, const Style *style, const NtDiagramArea *area, int baseline, const char *attributes, const char *text)
{
  int x = style->is_mirrored ? area->width - style->line / 2 : style->line / 2;
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (*text != '\0')
    g_string_append_printf (svg, "<text x=\"%d\" y=\"%d\" %s>%s</text>\n", x, baseline, attributes, escaped);
}

/* A nested <svg> clips text that does not fit. */
static void
add_box (GString *svg, const Style *style, const NtDiagramBox *box)
{
  const NtDiagramArea *area = &box->area;
  const char *color = looks[box->health].color;
  g_autofree char *colored = g_strdup_printf ("fill=\"%s\"", color);
  g_autofree char *summary = g_markup_escape_text (box->summary, -1);
  int line = style->line;

  g_string_append_printf (svg,
                          "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" overflow=\"hidden\">\n<title>%s</title>\n"
                          "<rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fafafa\" stroke=\"%s\" "
                          "stroke-width=\"1.5\"/>\n",
                          area->x, area->y, area->width, area->height, summary, area->width - 2, area->height - 2, color);
  add_text (svg, style, area, line * 5 / 4, "font-weight=\"bold\"", box->name);
  add_text (svg, style, area, line * 9 / 4, colored, box->status);
  add_text (svg, style, area, line * 13 / 4, "fill=\"#5e5c64\"", *box->reason != '\0' ? box->reason : box->facts);
  g_string_append (svg, "</svg>\n");
}

static void
add_line (GString *svg, const NtDiagramLine *line)
{
  int middle = (line->x1 + line->x2) / 2;

  g_string_append_printf (svg,
                          "<path d=\"M %d %d C %d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
                          "stroke-dasharray=\"%s\"/>\n",
                          line->x1, line->y1, middle, line->y1, middle, line->y2, line->x2, line->y2,
                          looks[line->health].color, looks[line->health].dashes);
}

static void
add_headline (GString *svg, const Style *style, const NtDiagramArea *area)
{
  int x = style->is_mirrored ? area->x + area->width : area->x;
  g_autofree char *text = g_markup_escape_text (_("Not in a Team"), -1);

  if (area->height > 0)
    g_string_append_printf (svg, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"#5e5c64\">%s</text>\n", x,
                            area->y + area->height * 3 / 4, text);
}

/**
 * nt_diagram_to_svg:
 * @line_height: as passed to nt_diagram_new()
 * @title: of the document
 * @is_mirrored: %TRUE after nt_diagram_mirror()
 *
 * Returns: (transfer full): an SVG document in light colours
 */
char *
nt_diagram_to_svg (const NtDiagram *self, int line_height, const char *title, gboolean is_mirrored)
{
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  const Style style = { line_height, is_mirrored };

  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                          "font-family=\"sans-serif\" font-size=\"%d\" direction=\"%s\">\n<title>%s</title>\n"
                          "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                          self->width, self->height, self->width, self->height, line_height * 3 / 4,
                          is_mirrored ? "rtl" : "ltr", escaped);
  for (guint i = 0; i < self->lines->len; i++)
    add_line (svg, &g_array_index (self->lines, NtDiagramLine, i));
  for (guint i = 0; i < self->boxes->len; i++)
    add_box (svg, &style, self->boxes->pdata[i]);
  add_headline (svg, &style, &self->apart);
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}
