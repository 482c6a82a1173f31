/* The reduced rule in C99: citizens in blocks that stay in the nearest cache, each step of the rule one loop over those
   whom it still concerns, without branches. Built and called by c_loop.py. */

#include <math.h>
#include <stdint.h>

typedef struct {
    double prompt_chance, minutes, satiation, seen_scale, reward, intercept, effort, arriving_mean, waiting_days;
} rule_t;

typedef struct {
    int64_t citizens, zones, prompts;
    uint64_t random_state;
    const int32_t *zone;
    const double *altruism, *pleasure, *reputation, *currency, *spare_minutes;
    int32_t *done_by;            /* contributions so far, by citizen */
    int64_t *backlog, *done, *arriving; /* by zone */
    double *need;                /* by zone, 0 to 1 */
} territory_t;

enum { BLOCK = 1024 };

/* splitmix64: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators. Draw k after a state, in (0, 1):
   a function of k, so that loops over draws carry nothing from one to the next and become vector instructions. */
static inline double uniform(uint64_t state, uint64_t k)
{
    uint64_t z = state + (k + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return ((double)(int64_t)(z >> 12) + 0.5) * 0x1p-52;
}

static inline void skip(uint64_t *state, uint64_t draws)
{
    *state += draws * 0x9E3779B97F4A7C15u;
}

/* Products of uniform draws, Knuth's way: means here are small. */
static int64_t poisson(double mean, uint64_t *state)
{
    const double limit = exp(-mean);
    double product = uniform(*state, 0);
    int64_t count = 0;
    skip(state, 1);
    for (; product > limit; count++) {
        product *= uniform(*state, 0);
        skip(state, 1);
    }
    return count;
}

/* Let the citizens from `first` on, at most a block of them, live one day. */
static void live_block(territory_t *t, const rule_t *rule, int64_t first, int count, uint64_t *state)
{
    const double base = rule->intercept - rule->effort;
    const double *restrict need = t->need;
    uint8_t hit[BLOCK];
    int32_t who[BLOCK];
    int prompted = 0, able = 0;

    for (int k = 0; k < count; k++)
        hit[k] = uniform(*state, (uint64_t)k) < rule->prompt_chance;
    skip(state, (uint64_t)count);
    for (int k = 0; k < count; k++) {
        who[prompted] = (int32_t)(first + k);
        prompted += hit[k];
    }
    for (int k = 0; k < prompted; k++)
        hit[k] = -log(uniform(*state, (uint64_t)k)) * t->spare_minutes[who[k]] >= rule->minutes;
    skip(state, (uint64_t)prompted);
    for (int k = 0; k < prompted; k++) {
        who[able] = who[k];
        able += hit[k];
    }
    for (int k = 0; k < able; k++) {
        const int32_t i = who[k];
        const double before = t->done_by[i];
        const double utility = base
            + t->altruism[i] * need[t->zone[i]]
            + t->pleasure[i] * exp(-rule->satiation * before)
            + t->reputation[i] * (1.0 - exp(-before / rule->seen_scale))
            + t->currency[i] * rule->reward;
        hit[k] = uniform(*state, (uint64_t)k) * (1.0 + exp(-utility)) < 1.0;
    }
    skip(state, (uint64_t)able);
    for (int k = 0; k < able; k++) {
        t->done_by[who[k]] += hit[k];
        t->done[t->zone[who[k]]] += hit[k];
    }
    t->prompts += prompted;
}

void live_one_day(territory_t *t, const rule_t *rule)
{
    uint64_t state = t->random_state;
    int64_t arriving = 0;

    for (int64_t first = 0; first < t->citizens; first += BLOCK) {
        const int64_t left = t->citizens - first;
        live_block(t, rule, first, left < BLOCK ? (int)left : BLOCK, &state);
    }
    for (int64_t z = 0; z < t->zones; z++)
        arriving += t->arriving[z] = poisson(rule->arriving_mean, &state);
    const double scale = 1.0 + rule->waiting_days * (double)arriving / (double)t->zones;
    for (int64_t z = 0; z < t->zones; z++) {
        const int64_t left = t->backlog[z] + t->arriving[z] - t->done[z];
        t->backlog[z] = left > 0 ? left : 0;
        t->need[z] = fmin(1.0, (double)t->backlog[z] / scale);
        t->done[z] = 0;
    }
    t->random_state = state;
}
