/* What pages of HTML share: the look, and text that can only be shown.  */
#ifndef BD_TOOLS_PAGE_H
#define BD_TOOLS_PAGE_H

#include <stdio.h>

/* Rules of the style sheet.  */
extern const char page_style[];

/* TEXT so that it can only be shown.  */
void page_put (FILE *to, const char *text);

/* "<!DOCTYPE html>" to "<body>", with TITLE, the rules and MORE of them.  */
void page_head (FILE *to, const char *title, const char *more);

#endif
