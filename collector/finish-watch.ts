import type { RunContext } from './run-context.ts'
import type { Session } from './session.ts'

/** What could only be told once nothing more comes for the session. */
export function finishWatch({ counting, violations, nowMs }: RunContext, session: Session): void {
  for (const broken of session.watch.finish()) {
    counting.add('rule_violations')
    violations.add({ ...broken, atMs: nowMs(), session: session.name, message: '' })
  }
}
