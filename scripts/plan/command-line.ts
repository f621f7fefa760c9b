import { shellWord } from '../../reports/page/shell-word.ts'
import type { Typed } from '../program/command.ts'
import { planOptions } from './plan-options.ts'

/** What was typed, as a shell takes it, for the page that answers it. */
export function commandLine(typed: Typed): string {
  const options = Object.keys(planOptions).flatMap(name => {
    const value = typed.value(name)
    return value === undefined ? [] : [`--${name}`, value]
  })
  return ['chatgauge', 'plan', ...typed.words, ...options].map(shellWord).join(' ')
}
