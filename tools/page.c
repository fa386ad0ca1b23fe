#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "page.h"

const char page_style[]
    = ":root{color-scheme:light dark;--ink:#1b1b1b;--soft:#5c5c5c;"
      "--line:#d5d5d5;--page:#fff;--best:#eef4fa}\n"
      "@media screen and (prefers-color-scheme:dark){"
      ":root{--ink:#e6e6e6;--soft:#a5a5a5;"
      "--line:#444;--page:#161616;--best:#1d2a36}}\n"
      "body{font:16px/1.5 system-ui,'DejaVu Sans',sans-serif;color:var(--ink);"
      "background:var(--page);max-width:68rem;margin:2rem auto;"
      "padding:0 1rem;overflow-wrap:break-word}\n"
      "h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;"
      "margin-top:2.2rem}\n"
      ".soft,figcaption{color:var(--soft);font-size:.9rem}\n"
      ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;"
      "font-size:.8rem;font-variant-numeric:tabular-nums}\n"
      "th,td{padding:.3rem .42rem;text-align:right;white-space:nowrap;"
      "border-bottom:1px solid var(--line)}\n"
      "th:first-child,td:first-child,td.l,th.l{text-align:left}"
      "thead th{border-bottom:2px solid var(--ink)}tr.best{"
      "background:var(--best)}\n"
      "figure{margin:1.6rem 0;min-width:0}figure svg{background:#fff;"
      "border-radius:6px;display:block;width:100%!important;"
      "max-width:100%!important;height:auto}\n"
      ".pair{display:grid;gap:0 2rem;align-items:start;"
      "grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr))}\n"
      ".pair figure{margin:.8rem 0}\n"
      /* On a phone wide things move sideways; the names of rows stay.  */
      "@media screen{.wide th:first-child,.wide td:first-child{"
      "position:sticky;left:0;background:var(--page)}"
      ".wide tr.best td:first-child{background:var(--best)}}\n"
      "@media screen and (max-width:44rem){body{margin:1rem auto}"
      "ul{padding-left:1.2rem}figure .wide svg{min-width:40rem;"
      "max-width:none!important}}\n"
      "pre{overflow-x:auto;padding:.7rem;border:1px solid var(--line);"
      "border-radius:6px;font-size:.85rem}\n"
      "dt{font-weight:600;margin-top:.5rem}dd{margin-left:0}\n"
      "@media print{:root{color-scheme:light;font-size:9.5pt}"
      "body{max-width:none;margin:0;padding:0;font-size:1rem}"
      "h1,h2{break-after:avoid}figure,table,pre{break-inside:avoid}"
      ".wide{overflow:visible}table{font-size:6.8pt}"
      "th,td{padding:.2rem .25rem}pre{white-space:pre-wrap}"
      ".pair{grid-template-columns:1fr 1fr;gap:0 1rem}}\n";

/* Clean TEXT.  */
static void
put_clean (FILE *to, const char *text)
{
  for (const char *s = text; *s; s++)
    switch (*s)
      {
      case '<':
        fputs ("&lt;", to);
        break;
      case '>':
        fputs ("&gt;", to);
        break;
      case '&':
        fputs ("&amp;", to);
        break;
      case '"':
        fputs ("&quot;", to);
        break;
      case '\'':
        fputs ("&#39;", to);
        break;
      default:
        fputc (*s, to);
      }
}

void
page_put (FILE *to, const char *text)
{
  size_t size = 3 * strlen (text) + 1;
  char few[64], *clean = malloc (size);

  put_clean (to, clean ? bd_text_clean (clean, size, text)
                       : bd_text_clean (few, sizeof few, text));
  free (clean);
}

void
page_head (FILE *to, const char *title, const char *more)
{
  fputs ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
         "<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\">\n<title>",
         to);
  page_put (to, title);
  fprintf (to, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n",
           page_style, more);
}
