import type { Configuration } from '../../reference-server/actors.ts'
import { hasPushes } from '../../scenarios/options/kinds.ts'
import type { RunOptions } from '../../scenarios/options.ts'
import { UserError } from '../program/user-error.ts'

const option = 'push_notification_to_active_client'

/** Which events would then be pushed hangs on when a connection was there (PUSH-111): nothing a ledger could expect. */
export function assertPushedWhileConnected(configuration: Configuration, options: RunOptions): void {
  const section = `chat.${options.service}`
  if (options.transport === 'rest' || !hasPushes(options)) return
  if (configuration.reader('run').flag(section, option)) return
  throw new UserError(
    `--transport ${options.transport}: ${option} is false, so customers are not pushed while they are connected (PUSH-111), and a run cannot know which events must be; leave it true, or give --push off, or run async-chat over REST`,
  )
}
