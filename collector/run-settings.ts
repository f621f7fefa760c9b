import type { PushMode } from '../protocol/push/mode.ts'

/** What the run subscribed to, as far as the checks must know it. */
export interface RunSettings {
  run: string
  /** Numbers of the shards that report here; a device of another one is not ours. */
  shards: readonly number[]
  /** Push mode of a session: a pure function of its numbers, as the scenario chose it. */
  modeOf(shard: number, session: number): PushMode | 'off'
  notifyRequestor: boolean
  /** Customers hear over CometD; default false. */
  isComet?: boolean
  /** Customers that hear over CometD are pushed as well, which gives two books; default false. */
  arePushedToo?: boolean
  /** Nothing is to be posted: a receiver that stands still or is gone takes nothing from the run; default false. */
  isPushless?: boolean
  /** The target is ours: every rule is judged, notices are joined by their index. */
  isReference: boolean
  observeMs: number
  /** The receiver holds its answers for some time, so that "one POST in flight" can be seen (PUSH-070). */
  isHoldingAnswers: boolean
  /** Each receiver path is one GMS node. */
  areLanesNodes: boolean
  /** Members of flex-push-content in force, if they are known. */
  flexPushContent?: readonly string[]
  resendDelayMs?: number
  /** Who runs on the collector's own host: its clock is the same one and cannot drift. */
  here?: readonly ('k6' | 'receiver' | 'reference server')[]
}
