import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkedRules } from './checked-rules.ts'

const root = new URL('..', import.meta.url).pathname
const filesIn = (folder: string) =>
  readdirSync(`${root}${folder}`, { recursive: true }).map(name => `${root}${folder}/${name}`)

/** The shape of what a target says; forms and Bayeux requests are ours, the health answer is read by no collector. */
function schemaRules(): string[] {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const rule = (node as { 'x-rule'?: unknown })['x-rule']
    if (typeof rule === 'string') found.push(rule)
    else if (rule) found.push(...(Object.values(rule) as string[]))
    for (const value of Object.values(node)) walk(value)
  }
  const isOfTarget = (file: string) => file.endsWith('.schema.json') && !/-form|health|result|bayeux-request/.test(file)
  for (const file of filesIn('schemas').filter(isOfTarget)) walk(JSON.parse(readFileSync(file, 'utf8')))
  return found
}

function checkRules(): string[] {
  const isCheck = (file: string) => file.endsWith('.ts') && !/\.test\.|planted|history/.test(file)
  return filesIn('protocol/checks')
    .filter(isCheck)
    .flatMap(file => readFileSync(file, 'utf8').match(/(?<=')(?:CV2|PUSH|CS|BX)-\d{3}(?=')/g) ?? [])
}

test('names every rule of the schemas and the checks, and no other', () => {
  // Found by the ledger, which knows what is pushed in which mode, and what a customer has heard.
  const byLedger = ['PUSH-032', 'CV2-119', 'CV2-120', 'CV2-131']
  // What our own client does, and how late an answer comes: that is a latency.
  const ours = new Set(['BX-174', 'BX-175'])
  const found = [...schemaRules(), ...checkRules(), ...byLedger].filter(rule => !ours.has(rule))
  expect([...checkedRules].sort()).toEqual([...new Set(found)].sort())
})
