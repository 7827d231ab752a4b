/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/error-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * nt_error_dialog_show:
 * @parent: a widget in the parent window
 * @heading: a short statement of the failure
 * @error: with a message for the user
 */
void
nt_error_dialog_show (GtkWidget *parent, const char *heading, const GError *error)
{
  nt_error_dialog_show_text (parent, heading, error->message);
}

/**
 * nt_error_dialog_show_text:
 * @parent: a widget in the parent window
 * @heading: a short statement of the failure
 * @text: the reason and a remedy
 */
void
nt_error_dialog_show_text (GtkWidget *parent, const char *heading, const char *text)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, text);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, parent);
}
