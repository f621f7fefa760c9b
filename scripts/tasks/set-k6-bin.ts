import { findInstalledK6 } from '../k6/find-k6.ts'

/** For `vitest` called directly; under `npm test` K6_BIN is set, and k6 was installed if need be. */
export async function setup(): Promise<void> {
  if (process.env.K6_BIN) return
  const found = await findInstalledK6()
  if (found) process.env.K6_BIN = found.path
}
