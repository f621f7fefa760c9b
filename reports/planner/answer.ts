import type { CapacityPlan } from '../../planning/capacity-plan.ts'
import type { Figures } from '../../planning/figure.ts'
import type { Source } from '../../planning/measured.ts'
import type { PushMix } from '../../planning/push-mix.ts'

/** What `chatgauge plan` was asked, and the answer. */
export interface PlanAnswer {
  plan: CapacityPlan
  figures: Figures
  mix: PushMix
  sources: readonly Source[]
  /** What speaks for the model, plain sentences without their full stop. */
  confirmations: readonly string[]
}
