import type { FaultGate } from './gate.ts'

/** A gate under which parties leave with another reason. */
export function changedQuitReason(from: string, to: string): FaultGate {
  return {
    event: event =>
      event.userData?.['quit-reason-code'] === from
        ? { ...event, userData: { ...event.userData, 'quit-reason-code': to } }
        : event,
  }
}
