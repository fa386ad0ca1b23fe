/* Text for TeX that can only be shown.  */
#ifndef BD_TOOLS_TEX_H
#define BD_TOOLS_TEX_H

#include <stdio.h>

/* Definition of \bagdropchar, which tex_put uses for characters that TeX's
   standard fonts lack: XeTeX and LuaTeX show what their font has, pdfTeX the
   number of the character.  */
extern const char tex_definitions[];

/* TEXT, in ASCII, no character of which is a command, begins a comment or
   melts into another.  */
void tex_put (FILE *to, const char *text);

/* TEXT for the inside of a comment: one line.  */
void tex_put_comment (FILE *to, const char *text);

#endif
