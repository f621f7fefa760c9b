import { UnusableTarget } from '../../conformance/probe.ts'
import { UserError } from '../program/user-error.ts'

/** @throws UserError where the probe found that the target is of no use. */
export async function mustBeUsable(probed: Promise<unknown>): Promise<void> {
  try {
    await probed
  } catch (error) {
    if (error instanceof UnusableTarget) throw new UserError(error.message)
    throw error
  }
}
