import { cut } from './cut.ts'
import {
  amount,
  distribution,
  duration,
  flag,
  integer,
  type Kind,
  list,
  listenAddress,
  modeMix,
  oneOf,
  part,
  positiveNumber,
  rate,
  text,
  url,
  urls,
} from './kinds.ts'

/** One option of `run`: the source of the option, its environment variable, default, bounds, help and checks. */
export interface OptionRow<Value = unknown> {
  kind: Kind<Value>
  /** As text; undefined = none, the value is then undefined. */
  default?: string
  /** Placeholder in `--help`; undefined = a switch. */
  value?: string
  help: string
  /** `scenario` = k6 reads it from the environment; `command` = only the command line. */
  concerns: 'scenario' | 'command'
  repeatable?: true
}

function row<Value>(
  concerns: OptionRow['concerns'],
  kind: Kind<Value>,
  value: string | undefined,
  help: string,
): OptionRow<Value> {
  return { concerns, kind, help, ...(value !== undefined && { value }) }
}

function preset<Value>(row: OptionRow<Value>, text: string): OptionRow<Value> & { default: string } {
  return { ...row, default: text }
}

const port = integer(1, 65_535, 9090)
const many = { repeatable: true } as const

export const profileNames = ['smoke', 'demo', 'load', 'soak', 'quick'] as const
/** Of the chat API; all but `rest` carry CometD. */
export const transportNames = ['rest', 'websocket', 'long-polling'] as const
/** What `find-capacity` can raise. */
export const variedNames = ['sessions', 'messages', 'pushes'] as const

/** In the order of `--help`. */
export const optionTable = {
  target: row('scenario', urls, 'URL', 'a real GMS; without it the reference server is started'),
  insecure: preset(row('scenario', flag, undefined, 'accept any TLS certificate of the target'), 'false'),
  ca: row('command', text, 'FILE', "PEM file of the certificate authority of the target, instead of the system's"),
  service: preset(row('scenario', text, 'NAME', 'GMS chat service'), 'customer-support'),
  profile: row('command', oneOf(...profileNames), 'NAME', `a named set of options: ${profileNames.join(', ')}`),
  transport: preset(
    row(
      'scenario',
      oneOf(...transportNames),
      'WAY',
      "how customers reach the chat API: rest, or over CometD by websocket or long-polling, Bayeux's transports",
    ),
    'rest',
  ),
  sessions: preset(row('scenario', integer(1, 1_000_000, 2_000), 'N', 'chats live at once'), '100'),
  arrival: preset(row('scenario', rate({ positive: true }), 'RATE', 'how fast sessions start'), '20/s'),
  'session-length': row(
    'scenario',
    distribution,
    'D|DIST',
    'how long each session lasts, then it is replaced; without it nearly all last to the end',
  ),
  'warm-up': preset(row('scenario', duration(), 'D', 'settling time after the last start'), '5s'),
  hold: preset(row('scenario', duration({ minMs: 1_000 }), 'D', 'the steady phase, which is judged'), '30s'),
  'message-rate': preset(row('scenario', rate(), 'RATE', 'customer messages, all sessions together'), '10/s'),
  'agent-rate': preset(row('scenario', rate(), 'RATE', 'unprompted agent messages, all sessions together'), '10/s'),
  'reply-delay': preset(
    row('command', distribution, 'D|DIST', 'from the planned send of a customer message to the answer of the agent'),
    'uniform(1s,3s)',
  ),
  'file-rate': preset(
    row('scenario', rate(), 'RATE', 'file requests of customers (limits, uploads, downloads), all sessions together'),
    '0/s',
  ),
  'file-size': preset(row('scenario', integer(1, 10_000_000, 20_000), 'BYTES', 'of each uploaded file'), '20000'),
  'ping-interval': preset(
    row('scenario', duration(), 'D', 'sparse pings of each session, jittered by 10 %; 0 = none'),
    '30m',
  ),
  push: preset(
    row('scenario', modeMix, 'MODE', 'customhttp mode: reliable, payload, device-id, off, or a mix'),
    'reliable',
  ),
  cut: row(
    'scenario',
    cut,
    'AT|FROM..TO',
    'over CometD: each connection is cut once there in the steady phase, 50% or 10s, 40%..60% = evenly spread',
  ),
  'notify-requestor': row(
    'scenario',
    flag,
    undefined,
    "push the customers' own activity too; default: on when the target has no agent",
  ),
  receiver: row('scenario', url, 'URL', 'a receiver that is already running'),
  'receiver-port': row('command', port, 'N', 'port of the receiver that is started; default: a free one'),
  'receiver-delay': row('command', distribution, 'D|DIST', 'artificial time of the receiver to its answers'),
  threshold: {
    ...preset(
      row('scenario', list, "'METRIC EXPR'", "limit in k6's language, for example 'push_latency p(99)<500'"),
      '',
    ),
    ...many,
  },
  baseline: row(
    'command',
    text,
    'RESULT',
    'an earlier result of the same load: what is shown to be worse fails the run',
  ),
  'max-regression': {
    ...preset(
      row(
        'command',
        list,
        "'METRIC STAT LIMIT'",
        "how much worse than the baseline is allowed, for example 'push_latency p(99) 10%'",
      ),
      '',
    ),
    ...many,
  },
  observe: row('command', duration(), 'D', 'how long a missing push is waited for; default: by push mode'),
  shards: row('scenario', integer(1, 64, 4), 'N', 'k6 VUs that carry the sessions; default: by sessions and cores'),
  part: row(
    'scenario',
    part,
    'K/N',
    'this generator runs the K-th of N parts of the run; needs --seed, --target and, with pushes, --receiver; see chatgauge merge',
  ),
  seed: row('scenario', integer(0, 4_294_967_295, 42), 'N', 'of every random choice; default: random, printed'),
  config: row('command', text, 'FILE.ini', 'configuration of the reference server'),
  set: { ...preset(row('command', list, 'SECTION.OPTION=VALUE', 'one option of the reference server'), ''), ...many },
  'gms-nodes': preset(row('command', integer(1, 64, 2), 'N', 'GMS nodes of the reference server'), '1'),
  'chat-servers': preset(row('command', integer(1, 64, 2), 'N', 'Chat Servers of the reference server'), '1'),
  fault: row('command', text, 'NAME[:ARGS]', 'planted fault of the reference server; see serve --list-faults'),
  'time-scale': preset(
    row('command', positiveNumber(1_000_000), 'X', 'how many times faster the clock of the reference server runs'),
    '1',
  ),
  vary: row('command', oneOf(...variedNames), 'WHAT', `find-capacity only: what is raised, ${variedNames.join(', ')}`),
  lowest: row(
    'command',
    amount,
    'RATE|N',
    'find-capacity only: where the search starts; default: 40/s, or 50 sessions',
  ),
  highest: row(
    'command',
    amount,
    'RATE|N',
    'find-capacity only: nothing above it is tried; default: 10000/s, or 100000 sessions',
  ),
  'most-trials': row(
    'command',
    integer(1, 1_000, 50),
    'N',
    'find-capacity only: the search ends after them; default: 50',
  ),
  'prometheus-port': row(
    'command',
    listenAddress,
    '[ADDRESS:]N',
    'live metrics for Prometheus at /metrics on this port of loopback; 0 = any free one, printed',
  ),
  out: row('command', text, 'DIR', 'result folder; default: reports/out/<UTC time>-<scenario>'),
  junit: row('command', text, 'FILE', 'JUnit XML'),
  summary: row('command', text, 'FILE', 'Markdown summary'),
  json: preset(row('command', flag, undefined, 'the verdict as JSON on stdout, all else on stderr'), 'false'),
  quiet: preset(row('command', flag, undefined, 'only the verdict'), 'false'),
} as const satisfies Record<string, OptionRow>

export type OptionName = keyof typeof optionTable
type Row<Name extends OptionName> = (typeof optionTable)[Name]
type Value<Name extends OptionName> = Row<Name> extends { kind: Kind<infer V> } ? V : never

/** Options of a run by their names: durations in ms, rates per second; undefined where there is no default. */
export type RunOptions = {
  [Name in OptionName]: Row<Name> extends { default: string } ? Value<Name> : Value<Name> | undefined
}

export const optionNames = Object.keys(optionTable) as OptionName[]

/** Environment variable of an option: `--ping-interval` is `PING_INTERVAL`. */
export function variableOf(name: OptionName): string {
  return name.toUpperCase().replaceAll('-', '_')
}
