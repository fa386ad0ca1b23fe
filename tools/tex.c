#include <config.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tex.h"

const char tex_definitions[]
    = "\\makeatletter\n"
      "\\@ifundefined{Umathcode}{%\n"
      "  \\providecommand\\bagdropchar[1]{[U+#1]}}{%\n"
      "  \\providecommand\\bagdropchar[1]{\\symbol{\"#1}}}\n"
      "\\makeatother\n";

typedef struct
{
  unsigned code;
  const char *tex;
} letter;

/* The special ones of ASCII.  A hyphen and quotes get an empty group, so that
   two of them stay two.  */
static const letter specials[] = {
  { '\\', "\\textbackslash{}" },
  { '{', "\\{" },
  { '}', "\\}" },
  { '$', "\\$" },
  { '&', "\\&" },
  { '#', "\\#" },
  { '_', "\\_" },
  { '%', "\\%" },
  { '^', "\\textasciicircum{}" },
  { '~', "\\textasciitilde{}" },
  { '<', "\\ensuremath{<}" },
  { '>', "\\ensuremath{>}" },
  { '|', "\\ensuremath{|}" },
  { '"', "\\char34{}" },
  { '\'', "'{}" },
  { '`', "{}`{}" },
  { '-', "-{}" },
};

/* Beyond ASCII: what every article can set, by code.  */
static const letter others[] = {
  { 0xA0, "~" },
  { 0xB0, "\\ensuremath{^\\circ}" },
  { 0xB1, "\\ensuremath{\\pm}" },
  { 0xB2, "\\ensuremath{^2}" },
  { 0xB3, "\\ensuremath{^3}" },
  { 0xB5, "\\ensuremath{\\mu}" },
  { 0xB7, "\\ensuremath{\\cdot}" },
  { 0xB9, "\\ensuremath{^1}" },
  { 0xD7, "\\ensuremath{\\times}" },
  { 0xC4, "\\\"{A}" },
  { 0xC5, "\\AA{}" },
  { 0xC6, "\\AE{}" },
  { 0xC7, "\\c{C}" },
  { 0xC9, "\\'{E}" },
  { 0xD1, "\\~{N}" },
  { 0xD6, "\\\"{O}" },
  { 0xD8, "\\O{}" },
  { 0xDC, "\\\"{U}" },
  { 0xDF, "\\ss{}" },
  { 0xE0, "\\`{a}" },
  { 0xE1, "\\'{a}" },
  { 0xE2, "\\^{a}" },
  { 0xE3, "\\~{a}" },
  { 0xE4, "\\\"{a}" },
  { 0xE5, "\\aa{}" },
  { 0xE6, "\\ae{}" },
  { 0xE7, "\\c{c}" },
  { 0xE8, "\\`{e}" },
  { 0xE9, "\\'{e}" },
  { 0xEA, "\\^{e}" },
  { 0xEB, "\\\"{e}" },
  { 0xED, "\\'{\\i}" },
  { 0xEE, "\\^{\\i}" },
  { 0xEF, "\\\"{\\i}" },
  { 0xF1, "\\~{n}" },
  { 0xF3, "\\'{o}" },
  { 0xF4, "\\^{o}" },
  { 0xF5, "\\~{o}" },
  { 0xF6, "\\\"{o}" },
  { 0xF8, "\\o{}" },
  { 0xF9, "\\`{u}" },
  { 0xFA, "\\'{u}" },
  { 0xFB, "\\^{u}" },
  { 0xFC, "\\\"{u}" },
  { 0x394, "\\ensuremath{\\Delta}" },
  { 0x3A3, "\\ensuremath{\\Sigma}" },
  { 0x3A9, "\\ensuremath{\\Omega}" },
  { 0x3B1, "\\ensuremath{\\alpha}" },
  { 0x3B2, "\\ensuremath{\\beta}" },
  { 0x3B3, "\\ensuremath{\\gamma}" },
  { 0x3B4, "\\ensuremath{\\delta}" },
  { 0x3B5, "\\ensuremath{\\varepsilon}" },
  { 0x3B8, "\\ensuremath{\\theta}" },
  { 0x3BA, "\\ensuremath{\\kappa}" },
  { 0x3BB, "\\ensuremath{\\lambda}" },
  { 0x3BC, "\\ensuremath{\\mu}" },
  { 0x3BD, "\\ensuremath{\\nu}" },
  { 0x3C0, "\\ensuremath{\\pi}" },
  { 0x3C1, "\\ensuremath{\\rho}" },
  { 0x3C3, "\\ensuremath{\\sigma}" },
  { 0x3C4, "\\ensuremath{\\tau}" },
  { 0x3C6, "\\ensuremath{\\varphi}" },
  { 0x3C7, "\\ensuremath{\\chi}" },
  { 0x3C9, "\\ensuremath{\\omega}" },
  { 0x2013, "--" },
  { 0x2014, "---" },
  { 0x2018, "{}`{}" },
  { 0x2019, "'{}" },
  { 0x201C, "{}``{}" },
  { 0x201D, "''{}" },
  { 0x2212, "\\ensuremath{-}" },
};

static const char *
find (const letter list[], size_t count, unsigned code)
{
  for (size_t k = 0; k < count; k++)
    if (list[k].code == code)
      return list[k].tex;
  return NULL;
}

/* The character that well-formed UTF-8 has at *S, which goes past it.  */
static unsigned
next_character (const char **s)
{
  unsigned first = (unsigned char)*(*s)++;
  unsigned code = first < 0x80   ? first
                  : first < 0xE0 ? first & 0x1F
                  : first < 0xF0 ? first & 0x0F
                                 : first & 0x07;

  while (((unsigned char)**s & 0xC0) == 0x80)
    code = code << 6 | ((unsigned char)*(*s)++ & 0x3F);
  return code;
}

static void
put_character (FILE *to, unsigned code)
{
  const char *tex
      = code < 0x80 ? find (specials, sizeof specials / sizeof *specials, code)
                    : find (others, sizeof others / sizeof *others, code);

  if (tex)
    fputs (tex, to);
  else if (code < 0x80)
    fputc ((int)code, to);
  else
    fprintf (to, "\\bagdropchar{%04X}", code);
}

/* TEXT cleaned; what does not fit SMALL is the caller's to free.  */
static char *
cleaned (const char *text, char small[], size_t size)
{
  size_t most = 3 * strlen (text) + 1;
  char *clean = most > size ? malloc (most) : NULL;

  return bd_text_clean (clean ? clean : small, clean ? most : size, text);
}

/* S, in TEXT, is the sign of a number.  */
static bool
is_minus (const char *text, const char *s)
{
  return *s == '-' && s[1] >= '0' && s[1] <= '9'
         && (s == text || s[-1] == ' ' || s[-1] == '[');
}

void
tex_put (FILE *to, const char *text)
{
  char small[512], *clean = cleaned (text, small, sizeof small);

  for (const char *s = clean; *s;)
    if (is_minus (clean, s))
      s++, put_character (to, 0x2212);
    else
      put_character (to, next_character (&s));
  if (clean != small)
    free (clean);
}

void
tex_put_comment (FILE *to, const char *text)
{
  char small[512], *clean = cleaned (text, small, sizeof small);

  for (const char *s = clean; *s;)
    {
      unsigned code = next_character (&s);
      fputc (code < 0x80 ? (int)code : '?', to);
    }
  if (clean != small)
    free (clean);
}
