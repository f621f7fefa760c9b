import { findK6 } from '../k6/find-k6.ts'
import { missingPrograms, peers } from '../peers/programs.ts'
import { UserError } from '../program/user-error.ts'

/**
 * Sets K6_BIN for the tests, which skip what needs k6 when there is none; installs it if need be.
 * @returns the names of what is missing.
 */
export async function findPrograms(): Promise<string[]> {
  try {
    const k6 = await findK6()
    process.env.K6_BIN = k6.path
    console.log(`k6 ${k6.version} (${k6.how})`)
    return []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.log(error.message)
    return ['k6']
  }
}

/** Programs of other implementations, which the tests can do without; one line for each peer that lacks some. */
export function findPeerPrograms(): string[] {
  return Object.keys(peers).flatMap(peer => {
    const missing = missingPrograms(peer)
    if (missing.length > 0)
      console.log(`no ${missing.join(', no ')}: ${peers[peer]!.what}; scripts/install-peers ${peer} installs them`)
    return missing
  })
}
