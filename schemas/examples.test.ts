import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as everyError from './generated/every-error-validators.js'
import type { Guard, SchemaError } from './generated/validators.js'
import * as firstError from './generated/validators.js'
import { partNames, readSchemas, resultNames, schemaFolder } from './read-schemas.ts'
import { guardName } from './write-validators.ts'

interface Example {
  description: string
  data: unknown
  valid: boolean
  /** Keyword that must fail, and the rule beside it. */
  keyword?: string
  rule?: string
}

const folder = join(schemaFolder, 'examples')
const names = readSchemas()
  .map(({ name }) => name)
  .filter(name => !resultNames.includes(name) && !partNames.includes(name))

it('every message has examples, and every example file a schema', () => {
  expect(readdirSync(folder).sort()).toEqual(names.map(name => `${name}.json`))
})

describe.each(names)('%s', name => {
  const examples = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Example[]
  const isValid = (firstError as unknown as Record<string, Guard<unknown>>)[guardName(name)]!
  const allErrors = (everyError as unknown as Record<string, Guard<unknown>>)[guardName(name)]!

  it.each(examples)('$rule $description', ({ data, valid, keyword, rule }) => {
    const found = { valid: isValid(data), errors: (isValid.errors ?? []).map(brief) }
    if (valid) expect(found).toEqual({ valid: true, errors: [] })
    else {
      expect(found.valid).toBe(false)
      expect(found.errors).toContainEqual({ keyword, rule })
      allErrors(data)
      expect((allErrors.errors ?? []).map(brief)).toContainEqual({ keyword, rule })
    }
  })
})

function brief({ keyword, params, parentSchema }: SchemaError): { keyword: string; rule: unknown } {
  const rules = parentSchema['x-rule'] as string | Record<string, string> | undefined
  const member = `required:${String(params.missingProperty)}`
  return { keyword, rule: typeof rules === 'string' ? rules : (rules?.[member] ?? rules?.[keyword]) }
}
