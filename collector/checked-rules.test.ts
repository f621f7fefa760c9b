import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkedRules, rulesCheckedOf } from './checked-rules.ts'

const root = new URL('..', import.meta.url).pathname
const filesIn = (folder: string) =>
  readdirSync(`${root}${folder}`, { recursive: true }).map(name => `${root}${folder}/${name}`)

/** Rules of a schema itself, and of the schemas that it refers to. */
function rulesIn(node: unknown, referredTo: (schema: string) => string[]): string[] {
  if (node === null || typeof node !== 'object') return []
  const { 'x-rule': rule, $ref } = node as { 'x-rule'?: string | Record<string, string>; $ref?: string }
  const own = rule === undefined ? [] : typeof rule === 'string' ? [rule] : Object.values(rule)
  const other = typeof $ref === 'string' && $ref.endsWith('.json') ? referredTo($ref) : []
  return [...own, ...other, ...Object.values(node).flatMap(each => rulesIn(each, referredTo))]
}
const schemaNamed = (name: string) => JSON.parse(readFileSync(`${root}schemas/${name}`, 'utf8')) as unknown
const wholeRules = (name: string): string[] => rulesIn(schemaNamed(name), wholeRules)
/** What a target says; forms and Bayeux requests are ours, the health answer is read by no collector. */
const targetSchemas = readdirSync(`${root}schemas`).filter(
  file => file.endsWith('.schema.json') && !/-form|health|result|bayeux-request/.test(file),
)
const schemaRules = () => targetSchemas.flatMap(name => rulesIn(schemaNamed(name), () => []))

function checkRules(): string[] {
  // A run judges no statements of level SHOULD; `chatgauge validate` does.
  const isCheck = (file: string) =>
    file.endsWith('.ts') && !/\.test\.|planted|history|should|validate-message/.test(file)
  return filesIn('protocol/checks')
    .filter(isCheck)
    .flatMap(file => readFileSync(file, 'utf8').match(/(?<=')(?:CV2|PUSH|CS|BX)-\d{3}(?=')/g) ?? [])
}

/** Found by the ledger, which knows what is pushed in which mode, and what a customer has heard. */
const byLedger = ['PUSH-032', 'CV2-119', 'CV2-120', 'CV2-131']

test('names every rule of the schemas and the checks, and no other', () => {
  const byRows = ['CV2-173']
  // What our own client does, and how late an answer comes: that is a latency.
  const ours = new Set(['BX-174', 'BX-175'])
  const found = [...schemaRules(), ...checkRules(), ...byLedger, ...byRows].filter(rule => !ours.has(rule))
  expect([...checkedRules].sort()).toEqual([...new Set(found)].sort())
})

const nothing = { kinds: new Set<string>(), isComet: false, hasResumed: false, sequenceObserved: false }

test('a message is held against its own schema, and its kind checks no rule that only other schemas have', () => {
  const ofChecks = new Set([...checkRules(), ...byLedger])
  const ofEvents = new Set(wholeRules('event.schema.json'))
  const kinds = targetSchemas
    .map(name => name.replace('.schema.json', ''))
    .filter(kind => /answer$|[a-z]-reply$|^bayeux-event$|^push-(?!message)/.test(kind) && kind !== 'bayeux-reply')
  for (const kind of kinds) {
    const checked = rulesCheckedOf({ ...nothing, kinds: new Set([kind]) })
    // The rules of events wait for events: every answer may show some, and most kinds show none.
    const demanded = rulesIn(schemaNamed(`${kind}.schema.json`), name =>
      wholeRules(name).filter(rule => !ofEvents.has(rule)),
    )
    expect(checked, kind).toEqual(expect.arrayContaining(demanded))
    const allowed = new Set(wholeRules(`${kind}.schema.json`))
    expect(
      checked.filter(rule => !ofChecks.has(rule) && !allowed.has(rule)),
      kind,
    ).toEqual([])
  }
})

test('what did not come was not checked: no push, no file, nothing over the other transport', () => {
  const kinds = new Set([
    'request-chat-answer',
    'operation-answer',
    'disconnect-answer',
    'notification',
    'Message',
    'frame',
  ])
  const comet = rulesCheckedOf({ ...nothing, kinds, isComet: true, sequenceObserved: true })
  expect(comet.filter(rule => /^PUSH|^CS|CV2-(007|16.|17.|18.|08[034])|CV2-131|BX-003/.test(rule))).toEqual([])
  expect(comet).toEqual(expect.arrayContaining(['CV2-116', 'CV2-119', 'CV2-129', 'CV2-101', 'BX-142']))
  expect(rulesCheckedOf({ ...nothing, kinds, isComet: true, hasResumed: true })).toContain('CV2-131')
  expect(rulesCheckedOf(nothing)).toEqual([])
  const held = { ...nothing, sequenceObserved: true, kinds: new Set(['push-reliable']) }
  expect(rulesCheckedOf(held).filter(rule => /^PUSH/.test(rule))).toContain('PUSH-070')
})
