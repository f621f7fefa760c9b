import type { AgentScript, ScriptedAgent } from './actors.ts'
import { readAgentScript } from './agent/agent-script.ts'
import { createScriptedAgent } from './agent/scripted-agent.ts'
import type { Clock } from './clock.ts'
import type { AgentControl } from './control-api/controlled-server.ts'
import type { Log } from './log.ts'
import type { AgentDesk } from './messages.ts'

/** The scripted agent of this process; it exists from its first script on. */
export function createAgentControl(
  desks: readonly AgentDesk[],
  clock: Clock,
  log: Log,
  first: AgentScript | undefined,
): AgentControl & { stop(): void } {
  let script: AgentScript | undefined
  let agent: ScriptedAgent | undefined
  const play = (next: AgentScript) => {
    script = next
    if (agent) agent.replaceScript(next)
    else agent = createScriptedAgent({ desks, clock, hostNow: clock.now, script: next, log })
  }
  if (first) play(first)
  return {
    script: () => script,
    replace(json) {
      const read = readAgentScript(json)
      if ('error' in read) throw new Error(read.error)
      play(read)
    },
    drain: () => agent?.drain(),
    pending: () => agent?.pending() ?? 0,
    gauges: () => agent?.gauges() ?? {},
    stop: () => agent?.stop(),
  }
}
