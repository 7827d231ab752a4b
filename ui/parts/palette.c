/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/palette.h"

/* Colours of the GNOME palette that are distinguishable on light and dark backgrounds. Red is reserved for faults. */
static const char *const colors[] = {
  "#3584e4", "#ff7800", "#33d17a", "#9141ac", "#e5a50a", "#2190a4", "#d56199", "#986a44",
};

/* The lightening for each further round of colours */
#define LIGHTER 0.3f

/**
 * nt_palette_get:
 * @index: of an item
 *
 * Returns: the colour of the item; after eight colours, lighter ones follow
 */
GdkRGBA
nt_palette_get (guint index)
{
  GdkRGBA color = { 0 };
  float light = MIN (LIGHTER * (float) (index / G_N_ELEMENTS (colors)), 0.8f);

  gdk_rgba_parse (&color, colors[index % G_N_ELEMENTS (colors)]);
  color.red += (1 - color.red) * light;
  color.green += (1 - color.green) * light;
  color.blue += (1 - color.blue) * light;
  return color;
}
