import type { Ledger, Threshold } from '../schemas/generated/types.ts'

/**
 * Not one push came of all that were due: more likely than so many losses is an option of the target, which one that is not
 * ours cannot be asked for. While all customers heard over CometD it is the one that says so (PUSH-111), else the URL.
 *
 * @param heard the second book of customers that hear as well
 */
export function withSilencingOption(
  thresholds: readonly Threshold[],
  pushes: Ledger,
  heard: Ledger | undefined,
): Threshold[] {
  const isSilent = pushes.posts === 0 && pushes.lost > 0
  const why = (heard?.delivered ?? 0) > 0 ? whileConnected : elsewhere
  return thresholds.map(threshold =>
    isSilent && threshold.metric === 'pushes_lost' && threshold.verdict === 'fail'
      ? { ...threshold, text: `${threshold.text}: ${why}` }
      : threshold,
  )
}

const whileConnected =
  'none was pushed at all while connected over CometD, as with push_notification_to_active_client=false (PUSH-111)'
const elsewhere = "nothing came at all, as where the target's push.customhttp.url is not the URL of this run's receiver"
