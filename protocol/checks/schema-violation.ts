import type { Guard, SchemaError } from '../../schemas/generated/validators.js'
import { shown, type Violation } from '../violation.ts'

/**
 * @returns what the schema forbids, as broken rules: each schema carries the rule id beside the keyword (`x-rule`), one
 * for all its keywords or by `keyword` and `required:<member>`.
 */
export function violationsOf(guard: Guard<unknown>, message: unknown): Violation[] {
  return guard(message) ? [] : translated(guard.errors ?? [])
}

function translated(errors: readonly SchemaError[]): Violation[] {
  // `if` and `contains` report what is inside them and then themselves; only one of the two says something.
  const telling = errors.filter(
    error => error.keyword !== 'if' && (error.keyword === 'contains' || !/\/(contains|anyOf)\//.test(error.schemaPath)),
  )
  return telling.map(error => ({
    rule: ruleOf(error),
    what: `${pointed(error)} ${error.keyword === 'not' ? `must not have ${forbidden(error)}` : (error.message ?? 'is not allowed')}`,
    at: error.instancePath,
    expected: expectedBy(error),
    found: foundIn(error),
  }))
}

function ruleOf({ keyword, params, parentSchema }: SchemaError): string {
  const rules = parentSchema['x-rule'] as string | Record<string, string> | undefined
  if (typeof rules === 'string') return rules
  const rule = rules?.[`${keyword}:${params.missingProperty}`] ?? rules?.[keyword] ?? rules?.type
  // Every keyword that can fail has a rule (a test walks the schemas); the statement about schemas catches a gap.
  return rule ?? 'CV2-021'
}

function pointed({ instancePath }: SchemaError): string {
  return instancePath === '' ? 'The message' : instancePath
}

/** Members that a `not` excludes and the message has. */
function forbidden({ schema, data }: SchemaError): string {
  const { required, anyOf = [] } = schema as { required?: string[]; anyOf?: { required: string[] }[] }
  const names = [...(required ?? []), ...anyOf.flatMap(each => each.required)]
  return names.filter(name => Object.hasOwn(Object(data), name)).join(', ')
}

function expectedBy(error: SchemaError): string {
  const { keyword, params, schema, message } = error
  switch (keyword) {
    case 'required':
      return `a member ${params.missingProperty}`
    case 'additionalProperties':
      return `no member ${params.additionalProperty}`
    case 'type':
      return String(params.type)
    case 'const':
    case 'enum':
      return shown(schema)
    case 'not':
      return `no member ${forbidden(error)}`
    default:
      return message ?? keyword
  }
}

/** Keys are masked, and a whole object is told by the names of its members: violations are written to files. */
function foundIn({ data, instancePath }: SchemaError): string {
  if (Array.isArray(data)) return `an array of ${data.length}`
  if (data !== null && typeof data === 'object') return `members ${Object.keys(data).join(', ')}`.slice(0, 200)
  if (/secure-?key$/i.test(instancePath)) return `${typeof data} (masked)`
  return shown(data)
}
