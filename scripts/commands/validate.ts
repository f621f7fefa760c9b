import { readFileSync } from 'node:fs'
import type { ValidatedMessage } from '../../protocol/checks/validate-message.ts'
import type { Violation } from '../../protocol/violation.ts'
import type { Command, Typed } from '../program/command.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'
import { capturedMessages } from '../validate/captured-messages.ts'

/** So many messages are shown one by one even when they are valid. */
const shownOneByOne = 20

export const validate: Command = {
  name: 'validate',
  summary: 'validates captured messages, tells kind, rule and place',
  words: '<file…>',
  options: [
    {
      name: 'kind',
      value: 'KIND',
      help: 'what each message is meant to be; without it the kind is found by the members',
    },
    { name: 'list-kinds', help: 'prints the kinds and ends' },
    { name: 'json', help: 'one JSON object for each message' },
  ],
  examples: [
    { line: 'chatgauge validate captured/*.json', does: 'one message a file, or an array of them' },
    { line: 'chatgauge validate pushes.ndjson', does: 'one message a line, as chatgauge receive --out stores them' },
    { line: 'chatgauge validate frames.ndjson', does: 'CometD frames, one a line: each message and the chat in it' },
    { line: 'chatgauge validate --kind send-form -', does: 'a form or JSON from stdin' },
  ],
  notes: 'Exit code: 0 all valid (warnings allowed), 1 a rule is broken or a message is unknown, 2 bad input.',
  run,
}

async function run(typed: Typed): Promise<number> {
  const { isMessageKind, messageKinds, validateText } = await import('../../protocol/checks/validate-message.ts')
  if (typed.has('list-kinds')) {
    for (const { name, describes, source } of messageKinds) console.log(`${name.padEnd(20)}  ${describes} (${source})`)
    return 0
  }
  const kind = typed.value('kind')
  if (kind !== undefined && !isMessageKind(kind)) {
    const names = messageKinds.map(({ name }) => name)
    throw new UserError(`--kind ${kind}${didYouMean(kind, names)}: see chatgauge validate --list-kinds`)
  }
  if (typed.words.length === 0)
    throw new UserError('validate needs a file, or - for stdin; see chatgauge validate --help')
  const messages = typed.words.flatMap(word => capturedMessages(word === '-' ? 'stdin' : word, read(word)))
  if (messages.length === 0) throw new UserError(`there is no message in ${typed.words.join(', ')}`)

  const results = messages.map(({ place, text }) => ({ place, ...validateText(kind, text) }))
  const broken = results.filter(isBroken)
  if (typed.has('json'))
    for (const result of results) console.log(JSON.stringify({ ...result, valid: !isBroken(result) }))
  else {
    const shown =
      results.length <= shownOneByOne ? results : results.filter(each => isBroken(each) || each.warnings.length > 0)
    for (const result of shown) console.log(render(result))
    console.log(
      `${results.length} ${results.length === 1 ? 'message' : 'messages'}, ${results.length - broken.length} valid, ${broken.length} broken`,
    )
  }
  return broken.length === 0 ? 0 : 1
}

function read(word: string): string {
  // 0 = stdin.
  return readFileSync(word === '-' ? 0 : word, 'utf8')
}

type Placed = ValidatedMessage & { place: string }

function isBroken({ kind, violations }: Placed): boolean {
  return kind === undefined || violations.length > 0
}

function render(result: Placed): string {
  const { place, kind, violations, warnings } = result
  if (kind === undefined && violations.length === 0) {
    return `✗ ${place}  unknown: nothing documented has these members; --kind says what it is meant to be`
  }
  const lines = [...violations.map(each => describe('✗', each)), ...warnings.map(each => describe('!', each))]
  return [`${isBroken(result) ? '✗' : '✓'} ${place}  ${kind ?? 'unreadable'}`, ...lines].join('\n')
}

function describe(sign: string, { rule, what, at, expected, found }: Violation): string {
  return `    ${sign} ${rule}  ${what}${at === '' || what.startsWith(at) ? '' : ` at ${at}`}\n        expected ${expected}, found ${found}`
}
