#!/bin/bash
# A plan of trainings as a job array of Slurm, shared by its tasks:
#
#   sbatch --array=1-36 cluster/slurm.sh synthetic
#
# Submit it from the project's folder. Options of `deno task sweep` may follow the plan's name.
# Every task trains its share of the plan in a results folder of its own; whatever the size of the
# array, tasks from 1 on without a gap together train the whole plan. See README.md here.
#SBATCH --job-name=remi
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --signal=B:INT@300
#SBATCH --open-mode=append
#SBATCH --output=remi-%A_%a.log

set -u
cd "${SLURM_SUBMIT_DIR:?Submit this file with sbatch.}" || exit 1
: "${SLURM_ARRAY_TASK_ID:?Submit this file with sbatch --array=1-<tasks>.}"

# Shares are counted from 1 without a gap: others would never be trained.
if [ -z "${REMI_TASKS:-}" ] && { [ "$SLURM_ARRAY_TASK_MIN" != 1 ] ||
  [ "$SLURM_ARRAY_TASK_COUNT" != "$SLURM_ARRAY_TASK_MAX" ]; }; then
  echo "Of an array of $SLURM_ARRAY_TASK_COUNT tasks from $SLURM_ARRAY_TASK_MIN to" \
    "$SLURM_ARRAY_TASK_MAX some of the plan would not be trained. Submit --array=1-<tasks>, or" \
    "say with REMI_TASKS=<tasks> of how many these are some." >&2
  exit 2
fi

# With --array=3,7 some tasks of an array of 36 run again: REMI_TASKS=36 says of how many they are.
share="$SLURM_ARRAY_TASK_ID/${REMI_TASKS:-$SLURM_ARRAY_TASK_MAX}"
export REMI_RESULTS="${REMI_CLUSTER_RESULTS:-$PWD/cluster/results}/$SLURM_ARRAY_TASK_ID"

# The program itself: what npm puts on the PATH may be a script that passes no signal on.
path='console.log(Deno.execPath())'
deno="$(deno eval "$path" 2>/dev/null || npx -y deno@2.9.6 eval "$path")" || exit 1

"$deno" run -A lib/cli/sweep.ts "$@" --shard "$share" --processes 1 &
training=$!
# SIGINT comes 300 s before the time is over, because a training stops behind its evaluation, which
# takes minutes where users and items are many; SIGTERM with a preemption. Both are passed on as
# SIGTERM, since what a shell starts in the background does not hear SIGINT.
trap 'kill -TERM "$training" 2>/dev/null' INT TERM
code=0
wait "$training" || code=$?
while kill -0 "$training" 2>/dev/null; do # a signal ended the wait, not the training
  code=0
  wait "$training" || code=$?
done

# 130 and 143: it was stopped, and everything is saved. The same task goes on from there, unless it
# was cancelled, or Slurm has put it back into the queue itself.
if [ "$code" = 130 ] || [ "$code" = 143 ]; then
  if [ "$(squeue --noheader --jobs "$SLURM_JOB_ID" --format %T)" = RUNNING ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
  fi
fi
exit "$code"
