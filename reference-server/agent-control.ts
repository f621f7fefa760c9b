import type { AgentScript } from './actors.ts'
import type { Clock } from './clock.ts'
import type { AgentControl } from './control-api/controlled-server.ts'
import type { Log } from './log.ts'
import type { AgentDesk } from './messages.ts'

export function createAgentControl(
  _desks: readonly AgentDesk[],
  _clock: Clock,
  _log: Log,
  _first: AgentScript | undefined,
): AgentControl & { stop(): void } {
  return {
    script: () => undefined,
    replace: () => {
      throw new Error('no scripted agent yet')
    },
    drain: () => {},
    pending: () => 0,
    gauges: () => ({}),
    stop: () => {},
  }
}
