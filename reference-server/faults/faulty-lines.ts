import type { Log } from '../log.ts'
import type { FaultGate } from './gate.ts'

/** A log whose lines a planted fault may change or swallow. */
export function withFaultyLines<L extends Log>(log: L, fault: () => FaultGate | undefined): L {
  const at = (level: keyof Log): Log[keyof Log] => {
    return (line, fields) => {
      const change = fault()?.line
      const written = change ? change(line) : line
      if (written !== undefined) log[level](written, fields)
    }
  }
  return { ...log, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
