/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/palette.h"

/* Of GNOME's palette, told apart on light and dark; red is left out, as that means a fault. */
static const char *const colors[] = {
  "#3584e4", "#ff7800", "#33d17a", "#9141ac", "#e5a50a", "#2190a4", "#d56199", "#986a44",
};

/* By how much each further round is lighter. */
#define LIGHTER 0.3f

/**
 * nt_palette_get:
 * @index: of a thing among others
 *
 * Returns: its colour: after eight, they come again and lighter
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
