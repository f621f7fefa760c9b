import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * What a case looked at, in its own words: the source of an argument of the check that failed, such as
 * `answer.nextPosition`. A value alone tells a stranger little.
 * @param stack of an error made inside the check.
 * @param position of the argument.
 */
export function checkedExpression(stack: string, check: string, position: number): string | undefined {
  const frame = stack.split('\n').find(line => line.includes('/conformance/cases/'))
  const [, path, line, column] = /((?:file:\/\/)?\/[^():]+):(\d+):(\d+)/.exec(frame ?? '') ?? []
  if (path === undefined) return undefined
  let lines: string[]
  try {
    lines = readFileSync(path.startsWith('file:') ? fileURLToPath(path) : path, 'utf8').split('\n')
  } catch {
    return undefined
  }
  const from = lines.slice(Number(line) - 1, Number(line) + 12)
  const text = [from[0]?.slice(Number(column) - 1), ...from.slice(1)].join('\n')
  if (!text.startsWith(`${check}(`)) return undefined
  return argumentsOf(text.slice(check.length + 1))
    [position]?.replace(/\s+/g, ' ')
    .trim()
}

/** Texts between the commas of a call, up to its end. */
function argumentsOf(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  let quote: string | undefined
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (quote !== undefined) {
      if (sign === '\\') at += 1
      else if (sign === quote) quote = undefined
    } else if ('\'"`'.includes(sign)) quote = sign
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign) && depth > 0) depth -= 1
    else if ((sign === ',' || sign === ')') && depth === 0) {
      found.push(text.slice(start, at))
      start = at + 1
      if (sign === ')') return found
    }
  }
  return []
}
