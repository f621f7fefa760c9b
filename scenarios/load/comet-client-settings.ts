import { type ClientSettings, usualSettings } from '../../protocol/bayeux/client.ts'

/** Of the wait before each new try. */
const mostSpread = 0.2
const goldenRatio = (Math.sqrt(5) - 1) / 2

/**
 * As CometD's own client, with waits of its own length for each customer: up to a fifth longer, in an even order. Real customers
 * are spread by the way to each of them; ours would all come back in the very same millisecond and measure their own queue.
 */
export function clientSettings(transport: ClientSettings['transport'], session: number): ClientSettings {
  const factor = 1 + mostSpread * ((session * goldenRatio) % 1)
  return { ...usualSettings, transport, backoffMs: failures => usualSettings.backoffMs(failures) * factor }
}
