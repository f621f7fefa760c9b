import type { Phase } from '../protocol/instants.ts'
import type { StageSums } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'

const stageNames = ['chatServer', 'queue', 'way', 'answer'] as const satisfies (keyof StageSums)[]
export type StageTimes = Record<(typeof stageNames)[number], number>

/** Times in the stages of a push by the phase in which its event was accepted. */
export interface StageBooks {
  /** Milliseconds. */
  add(phase: Phase, times: StageTimes): void
  all(): Record<string, StageSums>
}

export function createStageBooks(): StageBooks {
  const phases = new Map<Phase, StageSums>()
  return {
    add(phase, times) {
      phases.set(phase, addedStages(getOrMake(phases, phase, emptyStages), { pushes: 1, ...times }))
    },
    all: () => Object.fromEntries(phases),
  }
}

export function emptyStages(): StageSums {
  return { pushes: 0, chatServer: 0, queue: 0, way: 0, answer: 0 }
}

/** In whole microseconds, so that parts of a run add up to the same as the whole. */
export function addedStages(a: StageSums, b: StageSums): StageSums {
  const sum = (stage: (typeof stageNames)[number]) => (Math.round(a[stage] * 1000) + Math.round(b[stage] * 1000)) / 1000
  const { chatServer, queue, way, answer } = Object.fromEntries(
    stageNames.map(stage => [stage, sum(stage)]),
  ) as StageTimes
  return { pushes: a.pushes + b.pushes, chatServer, queue, way, answer }
}
