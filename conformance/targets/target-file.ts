import { parseDuration } from '../../protocol/duration.ts'
import { nearest } from '../../protocol/nearest.ts'
import { type Area, areas, type Need } from '../rules/rule.ts'

/** `target.json` of a folder in `conformance/targets/`, or of one's own: docs/how-to/add-a-target.md has all members. */
export interface TargetFile {
  /** One sentence for `--help` and reports. */
  describes: string
  /** `http://host:port`, one per GMS node. */
  urls?: readonly string[]
  /** Instead of urls: how the suite starts it. It says `{"ready":true,"url"|"urls",…}` when it is there, ends at SIGTERM. */
  start?: TargetStart
  service: string
  /** Names of environment variables; the file itself never holds a secret. */
  credentials?: { userVariable: string; passwordVariable: string }
  /** The same for the node status API; with them it counts as a capability. */
  nodeApi?: { userVariable: string; passwordVariable: string }
  /** A control port as in docs/reference/control-api.md; with it come all capabilities that it gives. */
  control?: { url: string; tokenVariable?: string }
  /** What a person or a script beside the suite provides. */
  capabilities?: readonly Need[]
  /** Areas of rules that it does not offer; their cases are skipped. */
  lacks?: readonly Area[]
  /** Under which URL the target reaches the suite's own receiver; it listens on that port. */
  receiver?: string
  health?: { urls: readonly string[]; appDbid?: string; processId?: string }
  /** `[section] option`. */
  fixedOptions?: readonly string[]
  /** How long something that must not come is waited for. */
  absenceWindow?: string
  /** How long something that has to come is waited for. */
  patience?: string
  /**
   * How long a CometD session lives without a connect, default 10s. Where it is given `time control` may be among the
   * capabilities without a control port: its timers are short, and are waited for.
   */
  maxInterval?: string
  /** Our decisions (basis X) are failures on this target, too. Only for servers that mean to be like the reference server. */
  heldToDecisions?: boolean
}

export interface TargetStart {
  /** From the root of the project; `node` is the Node that runs the suite, `{receiver}` the URL for pushes. */
  command: readonly string[]
  /** How many of them, so that cases that need one for themselves run side by side; default 1. */
  instances?: number
}

export const capabilities: readonly Need[] = [
  'agent',
  'time control',
  'push sink',
  'configuration',
  'server control',
  'fault injection',
  'node api',
  'echo',
  'destructive',
]

type Check = (value: unknown) => string | undefined

const isText: Check = value => (typeof value === 'string' && value !== '' ? undefined : 'a text is needed')
const isCount: Check = value => (Number.isInteger(value) && Number(value) > 0 ? undefined : 'a number from 1 is needed')
const isFlag: Check = value => (typeof value === 'boolean' ? undefined : 'true or false is needed')
const isUrl: Check = value =>
  typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '')
    ? undefined
    : 'an http or https URL is needed'
const isDuration: Check = value => {
  const parsed = typeof value === 'string' ? parseDuration(value) : { error: 'a duration such as 5s is needed' }
  return typeof parsed === 'number' ? undefined : parsed.error
}
const listOf =
  (check: Check): Check =>
  value =>
    Array.isArray(value) ? value.map(check).find(wrong => wrong !== undefined) : 'an array is needed'
const isCapability: Check = value => {
  if (capabilities.some(each => each === value)) return undefined
  const meant = nearest(String(value), capabilities)
  return `${JSON.stringify(value)} is no capability${meant ? `, did you mean ${meant}?` : ''}; there are ${capabilities.join(', ')}`
}
const isArea: Check = value =>
  areas.some(each => each === value) ? undefined : `${JSON.stringify(value)} is no area; there are ${areas.join(', ')}`
const members =
  (known: Record<string, Check>, required: readonly string[]): Check =>
  value => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'an object is needed'
    for (const [key, inner] of Object.entries(value)) {
      const check = known[key]
      if (!check) {
        const meant = nearest(key, Object.keys(known))
        return `there is no member "${key}"${meant ? `, did you mean "${meant}"?` : ''} (${Object.keys(known).join(', ')})`
      }
      const wrong = check(inner)
      if (wrong) return `${key}: ${wrong}`
    }
    const missing = required.find(key => !(key in value))
    return missing === undefined ? undefined : `"${missing}" is missing`
  }

const inVariables = members({ userVariable: isText, passwordVariable: isText }, ['userVariable', 'passwordVariable'])

const checkTarget = members(
  {
    describes: isText,
    urls: listOf(isUrl),
    start: members({ command: listOf(isText), instances: isCount }, ['command']),
    service: isText,
    credentials: inVariables,
    nodeApi: inVariables,
    control: members({ url: isUrl, tokenVariable: isText }, ['url']),
    capabilities: listOf(isCapability),
    lacks: listOf(isArea),
    receiver: isUrl,
    health: members({ urls: listOf(isUrl), appDbid: isText, processId: isText }, ['urls']),
    fixedOptions: listOf(isText),
    absenceWindow: isDuration,
    patience: isDuration,
    maxInterval: isDuration,
    heldToDecisions: isFlag,
  },
  ['describes', 'service'],
)

/** @throws Error with the file, the place and what is allowed there. */
export function readTargetFile(text: string, file: string): TargetFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
  const wrong = checkTarget(value)
  if (wrong) throw new Error(`${file}: ${wrong}`)
  const target = value as TargetFile
  if ((target.urls === undefined) === (target.start === undefined))
    throw new Error(`${file}: either "urls" or "start" is needed, and not both`)
  return target
}
