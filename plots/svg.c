/* SVG made by gnuplot, put inside a page.  gnuplot gives the same ids to the
   marks of every figure, and a browser takes the first of two equal ids.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"

static bool
starts (const char *text, const char *with)
{
  return !strncmp (text, with, strlen (with));
}

/* End of the tag that begins at S ('<'), past its '>': a '>' between quotes
   does not end it.  */
static const char *
tag_end (const char *s)
{
  char quote = '\0';

  for (; *s; s++)
    if (quote)
      quote = *s == quote ? '\0' : quote;
    else if (*s == '"' || *s == '\'')
      quote = *s;
    else if (*s == '>')
      return s + 1;
  return s;
}

/* Length of what stands before the name of an id at S, 0 if nothing does.  */
static size_t
before_id (const char *s)
{
  static const char *const ways[]
      = { " id=\"", " id='", "href=\"#", "href='#", "url(#", NULL };

  for (size_t i = 0; ways[i]; i++)
    if (starts (s, ways[i]))
      return strlen (ways[i]);
  return 0;
}

static void
copy_tag (const char *s, const char *end, const char *prefix, FILE *to)
{
  while (s < end)
    {
      size_t n = before_id (s);
      fwrite (s, 1, n ? n : 1, to);
      if (n)
        fputs (prefix, to);
      s += n ? n : 1;
    }
}

/* The root's own size gives way to the width of the page.  */
static void
copy_root (const char *s, const char *end, const char *prefix, FILE *to)
{
  const char *width = strstr (s, " width=\"");
  const char *height = strstr (s, " height=\"");
  const char *box = strstr (s, " viewBox=");

  fputs ("<svg role=\"img\"", to);
  if (width && height && box && width < height && height < box && box < end)
    {
      fprintf (to, " width=\"100%%\" style=\"max-width:%dpx;height:auto\"\n",
               atoi (width + strlen (" width=\"")));
      s = box;
    }
  else
    s += strlen ("<svg");
  copy_tag (s, end, prefix, to);
}

/* Past the element whose start tag is at S: comments, and titles, which a
   browser shows as tooltips.  S itself if it is to stay.  */
static const char *
skip_unwanted (const char *s)
{
  static const char *const pairs[][2] = { { "<!--", "-->" },
                                          { "<title>", "</title>" },
                                          { "<desc>", "</desc>" } };

  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (starts (s, pairs[i][0]))
      {
        const char *end = strstr (s, pairs[i][1]);
        return end ? end + strlen (pairs[i][1]) : s + strlen (s);
      }
  return s;
}

static void
copy_all (const char *s, const char *end, const char *prefix, FILE *to)
{
  const char *stop = tag_end (s);

  copy_root (s, stop, prefix, to);
  for (s = stop; s < end;)
    {
      const char *next = skip_unwanted (s);
      if (next > s)
        stop = next;
      else if (*s == '<')
        copy_tag (s, stop = tag_end (s), prefix, to);
      else
        fputc (*s, to), stop = s + 1;
      s = stop;
    }
  fputs ("</svg>\n", to);
}

static bool
good_prefix (const char *s)
{
  return *s
         && s[strspn (s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789-_")]
                == '\0';
}

char *
bd_svg_inline (const char *svg, const char *prefix)
{
  const char *start = strstr (svg, "<svg"), *end = NULL;
  char *text = NULL;
  size_t size = 0;
  FILE *to;

  for (const char *s = start; s && (s = strstr (s, "</svg>")); s++)
    end = s;
  if (!end || !good_prefix (prefix))
    GSL_ERROR_NULL ("not a complete SVG picture, or a bad prefix", GSL_EINVAL);
  to = open_memstream (&text, &size);
  if (!to)
    GSL_ERROR_NULL ("no memory for a picture", GSL_ENOMEM);
  copy_all (start, end, prefix, to);
  if (fclose (to) != 0)
    {
      free (text);
      GSL_ERROR_NULL ("no memory for a picture", GSL_ENOMEM);
    }
  return text;
}
