import { it } from 'vitest'

/** Set before the tests start, where a k6 was found or could be installed; `npm test` names what is missing. */
export const itWithK6 = it.skipIf(!process.env.K6_BIN)
