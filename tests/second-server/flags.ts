// Command line of the second server.
import { parseArgs } from 'node:util'

export type Flags = {
  port: number
  pushUrl: string | undefined
  drop: number
  double: number
  seed: number
  agent: boolean
  agentDelay: number
  log: string | undefined
  pushContent: readonly string[]
  resendDelayMs: number
  resendAttempts: number
}

export const CONTENT_MEMBERS = ['app-dbid', 'secure-key', 'session-id', 'user-id'] as const

const numberIn = (name: string, text: string, low: number, high: number): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= low && value <= high)) throw new Error(`--${name} must be a number from ${low} to ${high}`)
  return value
}

const wholeIn = (name: string, text: string, low: number, high: number): number => {
  const value = numberIn(name, text, low, high)
  if (!Number.isInteger(value)) throw new Error(`--${name} must be a whole number`)
  return value
}

export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: 'string', default: '0' },
      'push-url': { type: 'string' },
      drop: { type: 'string', default: '0' },
      double: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      agent: { type: 'boolean', default: false },
      'agent-delay': { type: 'string', default: '500' },
      log: { type: 'string' },
      // The documented defaults of flex-push-content, -resend-delay (seconds) and -resend-attempts.
      'push-content': { type: 'string', default: 'session-id,user-id' },
      'resend-delay': { type: 'string', default: '15' },
      'resend-attempts': { type: 'string', default: '10' },
    },
  })
  const pushUrl = values['push-url']
  if (pushUrl !== undefined && !/^https?:\/\//.test(pushUrl)) throw new Error('--push-url must be an http(s) URL')
  const drop = numberIn('drop', values.drop, 0, 1)
  const double = numberIn('double', values.double, 0, 1)
  if (drop + double > 1 + Number.EPSILON) throw new Error('--drop and --double together must not exceed 1')
  const pushContent = values['push-content']
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const known: readonly string[] = CONTENT_MEMBERS
  for (const part of pushContent) {
    if (!known.includes(part)) throw new Error(`--push-content knows only ${known.join(', ')}`)
  }
  return {
    port: wholeIn('port', values.port, 0, 65_535),
    pushUrl,
    drop,
    double,
    seed: wholeIn('seed', values.seed, 0, 0xffff_ffff),
    agent: values.agent,
    agentDelay: numberIn('agent-delay', values['agent-delay'], 0, 3_600_000),
    log: values.log,
    pushContent,
    resendDelayMs: numberIn('resend-delay', values['resend-delay'], 0.01, 86_400) * 1000,
    resendAttempts: wholeIn('resend-attempts', values['resend-attempts'], 0, 1_000_000),
  }
}
