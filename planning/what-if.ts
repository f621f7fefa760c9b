import { type Capacity, capacityOf } from './capacity.ts'
import type { Values } from './figure.ts'
import type { Machines, NoCapacity } from './limits.ts'
import { onlyMode, type PushMix } from './push-mix.ts'

/** The same question with one thing changed. */
export interface WhatIf {
  what: string
  values: Values
  mix: PushMix
}

export interface WhatIfRow {
  what: string
  capacity: Capacity | NoCapacity
}

/** What options and receivers can change. `seconds` writes a duration. */
export function whatIfs(values: Values, mix: PushMix, text: (ms: number) => string): WhatIf[] {
  const changed = (what: string, change: Partial<Values>): WhatIf => ({ what, values: { ...values, ...change }, mix })
  const { pushMs, resendDelayMs, resendAttempts, pingIntervalMs, timeoutMs } = values
  const pushes = mix.off < 1
  const rows: (WhatIf | false)[] = [
    pushes && changed(`receiver answers in half the time (${text(pushMs / 2)})`, { pushMs: pushMs / 2 }),
    pushes && changed(`receiver takes twice the time (${text(pushMs * 2)})`, { pushMs: pushMs * 2 }),
    pushes && changed(`1 % of the POSTs hang for ${text(timeoutMs)}`, { timeoutShare: 0.01 }),
    mix.reliable > 0 &&
      changed(`flex-push-resend-delay ${text(resendDelayMs * 4)}`, { resendDelayMs: resendDelayMs * 4 }),
    mix.reliable > 0 && resendAttempts > 2 && changed('flex-push-resend-attempts 2', { resendAttempts: 2 }),
    mix.payload < 1 && pushes && { what: 'pushes with payload, never repeated', values, mix: onlyMode('payload') },
    mix.reliable < 1 && { what: 'reliable pushes', values, mix: onlyMode('reliable') },
    pingIntervalMs > 0 && changed(`ping interval ${text(pingIntervalMs / 2)}`, { pingIntervalMs: pingIntervalMs / 2 }),
    pingIntervalMs > 0 && changed(`ping interval ${text(pingIntervalMs * 2)}`, { pingIntervalMs: pingIntervalMs * 2 }),
  ]
  return rows.filter(row => row !== false)
}

export function whatIfTable(values: Values, mix: PushMix, text: (ms: number) => string): WhatIfRow[] {
  return whatIfs(values, mix, text).map(({ what, ...question }) => ({
    what,
    capacity: capacityOf(question.values, question.mix),
  }))
}

/** The same question to what is left when one machine fails: its sessions go to the others (N + 1). */
export function lossTable(values: Values, mix: PushMix, { nodes, chatServers }: Machines): WhatIfRow[] {
  const left = (machines: Machines, nothing: string) =>
    Math.min(machines.nodes, machines.chatServers) < 1 ? { error: nothing } : capacityOf(values, mix, machines)
  return [
    {
      what: 'one GMS node fails',
      capacity: left({ nodes: nodes - 1, chatServers }, 'none is left: no pushes'),
    },
    {
      what: 'one Chat Server fails',
      capacity: left({ nodes, chatServers: chatServers - 1 }, 'none is left: no chats'),
    },
  ]
}
