import type { AgentScript, Configuration, FileStore, SteeredClock, TranscriptStore } from '../actors.ts'
import type { Clock } from '../clock.ts'
import type { FaultSwitch } from '../faults/fault-switch.ts'
import type { RecentLog } from '../recent-log.ts'
import type { Topology } from '../topology.ts'
import type { Busyness } from './settle.ts'
import type { TraceStream } from './trace-stream.ts'

/** What the control API acts on; made by the composition root. */
export interface ControlledServer {
  /** `advance`, `freeze`, `resume` only where the clock can be steered. */
  clock: Clock & Partial<SteeredClock>
  topology: Topology
  store: TranscriptStore
  files: FileStore
  configuration: Configuration
  faults: FaultSwitch
  agent: AgentControl
  log: RecentLog
  trace: TraceStream
  /** @returns undefined when everything is at rest, else what still moved at the deadline. */
  settle(deadlineMs: number): Promise<Busyness | undefined>
}

/** The scripted agent, if any; it can be given its script while the server runs. */
export interface AgentControl {
  script(): AgentScript | undefined
  /** @throws when the script is not allowed. */
  replace(script: unknown): void
  drain(): void
  pending(): number
  gauges(): Record<string, number>
}
