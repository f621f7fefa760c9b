import { spawnSync } from 'node:child_process'
import { it } from 'vitest'
import { missingPrograms } from '../../scripts/peers/programs.ts'

const areRequired = () => process.env.CHATGAUGE_PEERS === 'required'

/**
 * Skips the tests, and says so, where a program is missing.
 * @throws with CHATGAUGE_PEERS=required: the file fails, before anything of it is set up
 */
export function itWithPeer(peer: string): typeof it {
  const missing = missingPrograms(peer)
  if (missing.length === 0) return it
  const why = `no ${missing.join(', no ')}; scripts/install-peers ${peer} installs them`
  if (areRequired()) throw new Error(`CHATGAUGE_PEERS=required, but ${why}`)
  console.log(`skipped: ${why}`)
  return it.skip as typeof it
}

/** @throws with what the program said when it fails. */
export function runPeer(program: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stdout}${stderr}`.slice(0, 4_000))
}

/** A library that no registry gives now is as missing as a program. */
export function fetchOrSkip(skip: (note: string) => void, fetch: () => void): void {
  try {
    fetch()
  } catch (error) {
    if (areRequired()) throw error
    const note = `skipped: the library could not be fetched: ${(error as Error).message.slice(0, 300)}`
    console.log(note)
    skip(note)
  }
}
