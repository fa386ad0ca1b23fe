/* fits_schema SCHEMA FILE: whether a JSON file is what a JSON Schema says, for
   the keywords that doc/results.schema.json uses: type, const, enum, required,
   properties, items, minItems, minimum, maximum, anyOf.  Says where it is not.
   Other keywords are ignored, as the standard asks.  */
#include <config.h>

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is looked at, and the way to it.  */
typedef struct
{
  const char *path;
  const json_t *schema, *value;
} place;

/* Above 0: try, and tell of nothing.  */
static int quiet;

static bool fits (place at);

static bool
wrong (place at, const char *keyword)
{
  if (!quiet)
    fprintf (stderr, "%s: not as `%s' asks\n", at.path, keyword);
  return false;
}

static const json_t *
word (place at, const char *keyword)
{
  return json_object_get (at.schema, keyword);
}

static bool
is_type (const json_t *value, const char *type)
{
  static const struct
  {
    const char *name;
    json_type type;
  } list[] = { { "object", JSON_OBJECT },  { "array", JSON_ARRAY },
               { "string", JSON_STRING },  { "integer", JSON_INTEGER },
               { "number", JSON_INTEGER }, { "number", JSON_REAL },
               { "null", JSON_NULL },      { "boolean", JSON_TRUE },
               { "boolean", JSON_FALSE } };

  for (size_t k = 0; k < sizeof list / sizeof *list; k++)
    if (strcmp (list[k].name, type) == 0
        && list[k].type == json_typeof (value))
      return true;
  return false;
}

static bool
fits_type (place at)
{
  const json_t *type = word (at, "type");
  bool good = !type || json_is_string (type);

  if (json_is_string (type))
    good = is_type (at.value, json_string_value (type));
  for (size_t k = 0; !good && k < json_array_size (type); k++)
    good = is_type (at.value, json_string_value (json_array_get (type, k)));
  return good || wrong (at, "type");
}

static bool
fits_choice (place at)
{
  const json_t *one = word (at, "const"), *list = word (at, "enum");
  bool good = !list;

  for (size_t k = 0; !good && k < json_array_size (list); k++)
    good = json_equal (at.value, json_array_get (list, k));
  if (one && !json_equal (at.value, one))
    good = false;
  return good || wrong (at, one ? "const" : "enum");
}

static bool
fits_limits (place at)
{
  const json_t *least = word (at, "minimum"), *most = word (at, "maximum");
  double x = json_number_value (at.value);

  if (!json_is_number (at.value))
    return true;
  if (least && x < json_number_value (least))
    return wrong (at, "minimum");
  return !most || x <= json_number_value (most) || wrong (at, "maximum");
}

static bool
fits_object (place at)
{
  const json_t *required = word (at, "required");
  char path[512];
  const char *name;
  json_t *inner;
  bool good = true;

  if (!json_is_object (at.value))
    return true;
  for (size_t k = 0; k < json_array_size (required); k++)
    {
      name = json_string_value (json_array_get (required, k));
      snprintf (path, sizeof path, "%s.%s", at.path, name);
      if (!json_object_get (at.value, name))
        good = wrong ((place){ path, NULL, NULL }, "required");
    }
  json_object_foreach ((json_t *)word (at, "properties"), name, inner)
  {
    const json_t *value = json_object_get (at.value, name);
    snprintf (path, sizeof path, "%s.%s", at.path, name);
    if (value && !fits ((place){ path, inner, value }))
      good = false;
  }
  return good;
}

static bool
fits_array (place at)
{
  const json_t *items = word (at, "items"), *least = word (at, "minItems");
  size_t count = json_array_size (at.value);
  char path[512];
  bool good = true;

  if (!json_is_array (at.value))
    return true;
  if (least && (json_int_t)count < json_integer_value (least))
    return wrong (at, "minItems");
  for (size_t k = 0; items && k < count; k++)
    {
      snprintf (path, sizeof path, "%s[%zu]", at.path, k);
      if (!fits ((place){ path, items, json_array_get (at.value, k) }))
        good = false;
    }
  return good;
}

/* One of the schemas at least.  */
static bool
fits_any (place at)
{
  const json_t *any = word (at, "anyOf");
  size_t count = json_array_size (any);
  bool good = count == 0;

  quiet++;
  for (size_t k = 0; !good && k < count; k++)
    good = fits ((place){ at.path, json_array_get (any, k), at.value });
  quiet--;
  return good || wrong (at, "anyOf");
}

static bool
fits (place at)
{
  static bool (*const keywords[]) (place)
      = { fits_type,   fits_choice, fits_limits,
          fits_object, fits_array,  fits_any };
  bool good = true;

  for (size_t k = 0; k < sizeof keywords / sizeof *keywords; k++)
    good = keywords[k](at) && good;
  return good;
}

static json_t *
load (const char *path)
{
  json_error_t err;
  json_t *root = json_load_file (path, JSON_REJECT_DUPLICATES, &err);

  if (!root)
    fprintf (stderr, "%s:%d: %s\n", path, err.line, err.text);
  return root;
}

int
main (int argc, char **argv)
{
  json_t *schema = argc == 3 ? load (argv[1]) : NULL;
  json_t *value = schema ? load (argv[2]) : NULL;
  bool good = value && fits ((place){ "$", schema, value });

  json_decref (schema);
  json_decref (value);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
