/* Members that are kept, files of them, and what is told of bad ones.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ensemble/part.h"
#include "tap.h"
#include "tools.h"

#define UNITS 3
#define POINTS 2
#define TOTAL 300
#define ROOM 65536

/* Member b in closed form: some are shaky, some fail, and leave rubbish.  */
static int
plain_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
            double t[])
{
  (void)setup;
  (void)work;
  *p = 1 / (1 + (double)b);
  for (size_t i = 0; i < UNITS; i++)
    u[i] = (double)(b * b % (7 + i));
  for (size_t i = 0; i < POINTS; i++)
    t[i] = (double)b + 0.25 * (double)i;
  return b % 50 == 7 ? GSL_EFAILED : b % 50 == 9 ? BD_SHAKY : GSL_SUCCESS;
}

static const bd_source_type plain_type
    = { .name = "plain", .draw = plain_draw };
static const bd_source plain = { &plain_type, NULL, UNITS, POINTS, UNITS };

/* The file of members FIRST .. FIRST + COUNT - 1 as a run with seed SEED
   writes it, into BYTES; its length.  */
static size_t
write_part (char bytes[ROOM], uint64_t first, uint64_t count, const char *seed,
            const char *data, int threads)
{
  bd_part_option option[]
      = { { (char[]){ "seed" }, strdup (seed) },
          { (char[]){ "response" }, (char[]){ "a\n\\ b" } },
          { (char[]){ "exact" }, (char[]){ "" } },
          { (char[]){ "" }, (char[]){ "d ata.csv" } } };
  bd_part_input input = { (char[]){ "d ata.csv" }, data, strlen (data) };
  const bd_part_head head
      = { PACKAGE_VERSION, "bag", option, 4, &input, 1, TOTAL, first, count };
  bd_part_writer w = { .to = fmemopen (bytes, ROOM, "wb"), .head = &head };
  const bd_store_options o = { .first = first,
                               .members = count,
                               .threads = threads,
                               .put = bd_part_put,
                               .params = &w };

  ck_assert_int_eq (bd_store_members (&plain, &o), GSL_SUCCESS);
  bd_part_end (&w);
  size_t size = (size_t)ftell (w.to);
  fclose (w.to);
  free (option[0].value);
  return size;
}

/* The SIZE bytes as a file.  */
static bd_part *
read_bytes (const char bytes[], size_t size, bd_error *err)
{
  char path[] = "part-XXXXXX";
  FILE *to = fdopen (mkstemp (path), "wb");

  ck_assert_ptr_nonnull (to);
  ck_assert_uint_eq (fwrite (bytes, 1, size, to), size);
  ck_assert_int_eq (fclose (to), 0);
  bd_part *a = bd_part_read (path, err);
  unlink (path);
  if (!a)
    ck_assert_int_eq (strncmp (err->text, path, strlen (path)), 0);
  return a;
}

static bd_part *
part_of (uint64_t first, uint64_t count, const char *seed, const char *data)
{
  static char bytes[ROOM];
  bd_error err = { "" };
  size_t size = write_part (bytes, first, count, seed, data, 2);
  bd_part *a = read_bytes (bytes, size, &err);

  ck_assert_msg (a, "%s", err.text);
  return a;
}

/* Member B of A is that of the plain source.  */
static void
same_member (const bd_source *a, uint64_t b)
{
  double p, q, u[UNITS], v[UNITS], t[POINTS], s[POINTS];
  int code = plain_draw (NULL, NULL, b, &p, u, t);

  ck_assert_int_eq (a->type->draw (a->setup, NULL, b, &q, v, s), code);
  ck_assert_double_eq (p, q);
  ck_assert_mem_eq (u, v, sizeof u);
  if (code != GSL_EFAILED)
    ck_assert_mem_eq (t, s, sizeof t);
}

/* What was written is read, from the files of any number of threads.  */
START_TEST (round_trip)
{
  static char one[ROOM], four[ROOM];
  size_t size = write_part (one, 33, 100, "5", "x,y\n1,2\n", 1);
  bd_error err = { "" };

  ck_assert_uint_eq (write_part (four, 33, 100, "5", "x,y\n1,2\n", 4), size);
  ck_assert_mem_eq (one, four, size);
  bd_part *a = read_bytes (one, size, &err);
  ck_assert_msg (a, "%s", err.text);
  ck_assert_uint_eq (a->head.total, TOTAL);
  ck_assert_uint_eq (a->head.first, 33);
  ck_assert_uint_eq (a->head.count, 100);
  ck_assert_uint_eq (a->head.options, 4);
  ck_assert_str_eq (a->head.option[1].value, "a\n\\ b");
  ck_assert_str_eq (a->head.option[2].value, "");
  ck_assert_str_eq (a->head.option[3].name, "");
  ck_assert_str_eq (a->head.input[0].name, "d ata.csv");
  ck_assert_mem_eq (a->head.input[0].bytes, "x,y\n1,2\n", 8);
  bd_source s = bd_stored_source (&a->members);
  for (uint64_t b = 33; b < 133; b++)
    same_member (&s, b);
  bd_part_free (a);
}
END_TEST

/* The next members of PARAMS, a count of them.  */
static int
next_members (void *params, const bd_stored *a)
{
  uint64_t *next = params;
  const bd_source s = bd_stored_source (a);

  ck_assert_uint_eq (a->piece->first, *next);
  for (uint64_t k = 0; k < a->piece->members; k++)
    same_member (&s, (*next)++);
  return *next > 9000 ? GSL_EFAILED : GSL_SUCCESS;
}

/* More members than a piece holds, until somebody has enough of them.  */
START_TEST (pieces)
{
  uint64_t next = 5;
  const bd_store_options o = { .first = next,
                               .members = 20000,
                               .threads = _i,
                               .put = next_members,
                               .params = &next };

  ck_assert_int_eq (bd_store_members (&plain, &o), GSL_EFAILED);
  ck_assert_uint_gt (next, 9000);
  ck_assert_uint_lt (next, 20000);
}
END_TEST

/* Pieces of different sizes; nothing outside them can be drawn.  */
START_TEST (stored)
{
  double T[] = { 1, 2, 3 }, U[] = { 4, 5, 6 }, p[] = { .25, .5, .75 }, q, u, t;
  const unsigned char state[]
      = { BD_MEMBER_GOOD, BD_MEMBER_SHAKY, BD_MEMBER_FAILED };
  const bd_stored_piece piece[]
      = { { .first = 0, .members = 3, .p = p, .state = state, .U = U, .T = T },
          { .first = 3, .members = 2, .T = T },
          { .first = 7, .members = 1, .T = T + 2 } };
  const int code[]
      = { GSL_SUCCESS, BD_SHAKY,    GSL_EFAILED, GSL_SUCCESS, GSL_SUCCESS,
          GSL_EFAILED, GSL_EFAILED, GSL_SUCCESS, GSL_EFAILED };
  const bd_stored a = { piece, 3, 1, 1, 1 };
  const bd_source s = bd_stored_source (&a);

  ck_assert_uint_eq (bd_stored_gap (&a), 5);
  for (uint64_t b = 0; b < 9; b++)
    ck_assert_int_eq (s.type->draw (s.setup, NULL, b, &q, &u, &t), code[b]);
  s.type->draw (s.setup, NULL, 1, &q, &u, &t);
  ck_assert (q == .5 && u == 5 && t == 2);
  s.type->draw (s.setup, NULL, 4, &q, &u, &t);
  ck_assert (q == 1 && u == 0 && t == 2);
  const bd_stored none = { .units = 1, .width = 1, .points = 1 };
  ck_assert_uint_eq (bd_stored_gap (&none), 0);
  ck_assert_int_eq (bd_source_stored.draw (&none, NULL, 0, &q, &u, &t),
                    GSL_EFAILED);
}
END_TEST

/* Every changed bit and every cut is seen.  */
START_TEST (damaged)
{
  static char bytes[ROOM], copy[ROOM];
  size_t size = write_part (bytes, 0, 12, "5", "x,y\n1,2\n", 1);
  bd_error err;

  for (size_t k = 0; k < size; k++)
    {
      memcpy (copy, bytes, size);
      copy[k] = (char)(copy[k] ^ 1 << k % 8);
      ck_assert_ptr_null (read_bytes (copy, size, &err));
      ck_assert_ptr_null (read_bytes (bytes, k, &err));
    }
  memcpy (copy, bytes, size);
  copy[size - 17] ^= (char)0x80;
  copy[size - 25] ^= (char)0x80; /* two changes of sign */
  ck_assert_ptr_null (read_bytes (copy, size, &err));
}
END_TEST

/* Bytes changed by someone who knows the checksum: refused, or read.  */
START_TEST (forged)
{
  static char bytes[ROOM], copy[ROOM];
  size_t size = write_part (bytes, 0, 12, "5", "x,y\n1,2\n", 1), head = 0;
  gsl_rng *r = stream (77);
  bd_error err;

  while (memcmp (bytes + head, "end\n", 4) != 0)
    head++;
  for (int k = 0; k < 4000; k++)
    {
      size_t some = k % 2 ? head + 64 : size - 8;
      memcpy (copy, bytes, size);
      for (size_t i = 0; i <= gsl_rng_uniform_int (r, 3); i++)
        copy[gsl_rng_uniform_int (r, some)]
            = "0123456789 \n\\\0\377e"[gsl_rng_uniform_int (r, 16)];
      uint64_t sum = bd_part_checksum (0, copy, size - 8);
      memcpy (copy + size - 8, &sum, 8);
      bd_part *a = read_bytes (copy, size, &err);
      if (a)
        ck_assert_uint_le (bd_stored_gap (&a->members), TOTAL);
      bd_part_free (a);
    }
  gsl_rng_free (r);
}
END_TEST

/* The sentence about the parts; NULL: none.  They are freed.  */
static void
joined (bd_part *part[], size_t count, const char *sentence)
{
  bd_error err = { "" };
  bd_stored all;
  int code = bd_parts_join (part, count, &all, &err);

  if (sentence)
    ck_assert_msg (code && strstr (err.text, sentence), "'%s' has no '%s'",
                   err.text, sentence);
  else
    {
      ck_assert_msg (!code, "%s", err.text);
      bd_source s = bd_stored_source (&all);
      ck_assert_uint_eq (bd_stored_gap (&all), TOTAL);
      for (uint64_t b = 0; b < TOTAL; b++)
        same_member (&s, b);
      free ((void *)(uintptr_t)all.piece);
    }
  for (size_t k = 0; k < count; k++)
    bd_part_free (part[k]);
}

START_TEST (join)
{
  static const struct
  {
    uint64_t first, count;
    const char *seed, *data, *sentence;
  } row[] = {
    { 100, 200, "1", "d", NULL },
    { 101, 199, "1", "d", "member 101 is missing: no part has it" },
    { 150, 150, "1", "d", "members 101 to 150 are missing: no part has them" },
    { 100, 150, "1", "d", "members 251 to 300 are missing" },
    { 90, 210, "1", "d", "both have members 91 to 100" },
    { 10, 20, "1", "d", "both have members 11 to 30" },
    { 100, 200, "2", "d", "--seed is 1 in the first and 2 in the second" },
    { 100, 200, "1", "e", "d ata.csv did not hold the same" },
    { 100, 200, "1", "de", "d ata.csv did not hold the same" },
  };

  for (int k = 0; k < LENGTH (row); k++)
    {
      bd_part *here[]
          = { part_of (0, 100, "1", "d"),
              part_of (row[k].first, row[k].count, row[k].seed, row[k].data) };
      joined (here, 2, row[k].sentence);
    }
  bd_part *three[] = { part_of (250, 50, "1", "d"), part_of (0, 1, "1", "d"),
                       part_of (1, 249, "1", "d") };
  joined (three, 3, NULL);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("part");
  TCase *c = tcase_create ("part");

  tcase_add_test (c, round_trip);
  tcase_add_loop_test (c, pieces, 1, 4);
  tcase_add_test (c, stored);
  tcase_add_test (c, damaged);
  tcase_add_test (c, forged);
  tcase_add_test (c, join);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
