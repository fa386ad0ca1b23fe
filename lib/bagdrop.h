/* bagdrop: bagging and dropout compared.  The one header to include.  */
#ifndef BAGDROP_H
#define BAGDROP_H

#include "base/array.h"
#include "base/error.h"
#include "base/knob.h"
#include "base/number.h"
#include "base/progress.h"
#include "base/rng.h"
#include "base/text.h"
#include "data/dataset.h"
#include "data/levels.h"
#include "data/scenario.h"
#include "data/split.h"
#include "data/splits.h"
#include "data/table.h"
#include "variance/estimate.h"
#include "variance/moments.h"
#include "score/score.h"
#include "fitter/fitter.h"
#include "net/fitter_net.h"
#include "net/mask.h"
#include "net/net.h"
#include "net/train.h"
#include "net/unit.h"
#include "ensemble/resample.h"
#include "ensemble/run.h"
#include "ensemble/source.h"
#include "study/compare.h"
#include "study/method.h"
#include "study/verdict.h"

#endif
