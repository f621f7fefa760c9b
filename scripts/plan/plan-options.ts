import type { BadInput } from '../../protocol/duration.ts'
import {
  distribution,
  duration,
  integer,
  type Kind,
  modeMix,
  positiveNumber,
  rate,
} from '../../scenarios/options/kinds.ts'
import type { OptionDescription, Typed } from '../program/command.ts'
import { UserError } from '../program/user-error.ts'

interface PlanOption<Value> {
  kind: Kind<Value>
  value: string
  help: string
  /** As `--help` shows it; the value itself is chosen in `figures.ts`, with its source. */
  default?: string
}

function row<Value>(kind: Kind<Value>, value: string, help: string, preset?: string): PlanOption<Value> {
  return { kind, value, help, ...(preset !== undefined && { default: preset }) }
}

/** With a fraction, from `min` to `max`. */
function decimal(min: number, max: number): Kind<number> {
  const allowed = `a number from ${min} to ${max}, like ${min + 1}.5`
  return {
    parse(text) {
      const value = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN
      return value >= min && value <= max ? value : bad(text, allowed)
    },
    write: String,
    allowed,
  }
}

const bad = (text: string, allowed: string): BadInput => ({ error: `'${text}' is not allowed; allowed: ${allowed}` })

/** `30%` or `0.3`, up to and without `below`. */
function share(below: number): Kind<number> {
  const allowed = `a share from 0% to below ${below * 100}%, like 30% or 0.3`
  return {
    parse(text) {
      const parts = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim())
      const value = parts ? Number(parts[1]) / (parts[2] ? 100 : 1) : Number.NaN
      return value >= 0 && value < below ? value : bad(text, allowed)
    },
    write: value => `${value * 100}%`,
    allowed,
  }
}

const byteUnits = { B: 1, KiB: 1_024, MiB: 1_024 ** 2, GiB: 1_024 ** 3 } as const

const bytes: Kind<number> = {
  parse(text) {
    const parts = /^(\d+(?:\.\d+)?)(B|KiB|MiB|GiB)$/.exec(text.trim())
    const value = parts ? Number(parts[1]) * byteUnits[parts[2] as keyof typeof byteUnits] : Number.NaN
    return value >= 1 && value <= 1_024 ** 5 ? value : bad(text, bytes.allowed)
  },
  write: value => `${value}B`,
  allowed: 'an amount with its unit B, KiB, MiB or GiB, from 1B to 1048576GiB, like 3KiB',
}

/** In the order of `--help`. */
export const planOptions = {
  sessions: row(integer(1, 100_000_000, 150_000), 'N', 'chats live at once (1 to 100,000,000); needed'),
  'message-rate': row(rate(), 'RATE', 'messages of customers, all sessions together, in the busiest hour; needed'),
  'ping-interval': row(duration(), 'D', 'sparse pings of each session; 0 = none', '30m'),
  push: row(modeMix, 'MODE', 'reliable, payload, device-id, off, or a mix', 'as in the results'),
  'receiver-latency': row(distribution, 'D|DIST', 'how long your receiver takes to answer a push', 'measured'),
  network: row(
    duration({ maxMs: 60_000 }),
    'D',
    'from a node to your receiver and back, beside --receiver-latency',
    '0',
  ),
  headroom: row(share(1), 'SHARE', 'what is kept free of every limit (0% to below 100%)', '30%'),
  'agent-rate': row(rate(), 'RATE', 'messages of agents that answer none', '0'),
  'pushes-per-message': row(
    positiveNumber(100),
    'N',
    "events to push for a customer's message: the agent's answer",
    '1',
  ),
  'session-length': row(duration({ minMs: 1_000 }), 'D', 'how long a chat lasts', '24h'),
  'talk-variation': row(
    decimal(0, 10_000),
    'N',
    'how unevenly sessions talk, variance by squared mean; sessions stay on their node (0 to 10,000)',
    '1',
  ),
  'resend-delay': row(duration({ minMs: 1_000, maxMs: 86_400_000 }), 'D', 'flex-push-resend-delay (1s to 24h)', '15s'),
  'resend-attempts': row(integer(0, 100, 10), 'N', 'flex-push-resend-attempts (0 to 100)', '10'),
  unconfirmed: row(share(1), 'SHARE', 'pushes that no refresh follows within the resend delay', 'measured'),
  timeout: row(duration({ minMs: 1, maxMs: 3_600_000 }), 'D', 'after which a node gives a POST up (1ms to 1h)', '5s'),
  'timeout-share': row(share(1), 'SHARE', 'POSTs that hang until then', '0%'),
  outage: row(
    duration({ minMs: 1_000, maxMs: 3_600_000 }),
    'D',
    'of the receiver, for what comes after (1s to 1h)',
    '1m',
  ),
  'cpu-per-operation': row(
    duration({ maxMs: 60_000 }),
    'D',
    'CPU of a request or a push, all servers together',
    'measured',
  ),
  cores: row(positiveNumber(1_024), 'N', 'cores that one node or Chat Server can use', '1'),
  'memory-per-session': row(bytes, 'SIZE', 'of a session in its Chat Server', 'measured'),
  memory: row(bytes, 'SIZE', 'of a Chat Server, for sessions', '4GiB'),
  'sessions-per-chat-server': row(
    integer(1, 1_000_000, 1_000),
    'N',
    'as limit-for-sessions (1 to 1,000,000)',
    'no limit',
  ),
  'target-nodes': row(
    integer(1, 100_000, 2),
    'N',
    'GMS nodes that the results were taken from, where the target does not tell',
    'as in the results',
  ),
} as const satisfies Record<string, PlanOption<never> | PlanOption<unknown>>

export type PlanOptionName = keyof typeof planOptions
type Value<Name extends PlanOptionName> = (typeof planOptions)[Name] extends { kind: Kind<infer V> } ? V : never
export type GivenOptions = { [Name in PlanOptionName]?: Value<Name> }

export const planOptionDescriptions: readonly OptionDescription[] = Object.entries<PlanOption<never>>(
  planOptions as never,
).map(([name, { value, help, default: preset }]) => ({ name, value, help, ...(preset && { default: preset }) }))

/** @throws UserError naming the option and what is allowed. */
export function givenOptions(typed: Typed): GivenOptions {
  const given: Record<string, unknown> = {}
  for (const [name, { kind }] of Object.entries(planOptions)) {
    const text = typed.value(name)
    if (text === undefined) continue
    const value = (kind as Kind<unknown>).parse(text)
    if (typeof value === 'object' && value !== null && 'error' in value)
      throw new UserError(`--${name}: ${(value as BadInput).error}`)
    given[name] = value
  }
  return given as GivenOptions
}
