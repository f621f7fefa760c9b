import { Counter, Trend } from 'k6/metrics'
import { parseThreshold } from '../../protocol/threshold.ts'

/** Metrics of a plain `k6 run`, so that its summary makes sense by itself; with a collector they stay empty. */
export const trends = {
  push_latency: new Trend('gms_push_latency', true),
  notification_latency: new Trend('gms_notification_latency', true),
  resume_latency: new Trend('gms_resume_latency', true),
  request_chat_latency: new Trend('gms_request_chat_latency', true),
  send_latency: new Trend('gms_send_latency', true),
  refresh_latency: new Trend('gms_refresh_latency', true),
  ping_latency: new Trend('gms_ping_latency', true),
  disconnect_latency: new Trend('gms_disconnect_latency', true),
  upload_latency: new Trend('gms_upload_latency', true),
  download_latency: new Trend('gms_download_latency', true),
  wakeup_delay: new Trend('gms_wakeup_delay', true),
  schedule_lateness: new Trend('gms_schedule_lateness', true),
}

export const tallies = {
  sessions_started: new Counter('gms_sessions_started'),
  messages_sent: new Counter('gms_messages_sent'),
  pings_sent: new Counter('gms_pings_sent'),
  files_uploaded: new Counter('gms_files_uploaded'),
  files_downloaded: new Counter('gms_files_downloaded'),
  files_refused: new Counter('gms_files_refused'),
  pushes_received: new Counter('gms_pushes_received'),
  notifications_received: new Counter('gms_notifications_received'),
  notifications_lost: new Counter('gms_notifications_lost'),
  notifications_duplicate: new Counter('gms_notifications_duplicate'),
  notifications_out_of_order: new Counter('gms_notifications_out_of_order'),
  connections_lost: new Counter('gms_connections_lost'),
  connections_resumed: new Counter('gms_connections_resumed'),
  requests_failed: new Counter('gms_requests_failed'),
  ended_in_flight: new Counter('gms_ended_in_flight'),
  schema_violations: new Counter('gms_schema_violations'),
  dropped_iterations: new Counter('gms_dropped_iterations'),
  actions_blocked: new Counter('gms_actions_blocked'),
  script_errors: new Counter('gms_script_errors'),
}

const ofPushes: Record<string, string[]> = { gms_push_latency: ['p(99)<500'] }
const ofNotifications: Record<string, string[]> = {
  gms_notification_latency: ['p(99)<500'],
  gms_notifications_received: ['count>0'],
  gms_notifications_lost: ['count==0'],
  gms_notifications_duplicate: ['count==0'],
  gms_notifications_out_of_order: ['count==0'],
}
const usual: Record<string, string[]> = {
  gms_requests_failed: ['count==0'],
  gms_schema_violations: ['count==0'],
  gms_dropped_iterations: ['count==0'],
  gms_script_errors: ['count==0'],
  // k6 passes a threshold that saw no samples.
  gms_sessions_started: ['count>0'],
}

export interface HeardBy {
  hasPushes: boolean
  hasNotifications: boolean
}

/** Thresholds of the options replace the usual ones of their metric; what only our command line measures is left to it. */
export function k6Thresholds(
  given: readonly string[],
  { hasPushes, hasNotifications }: HeardBy,
): Record<string, string[]> {
  const replaced: Record<string, string[]> = {}
  for (const text of given) {
    const { metric, expression } = parseThreshold(text)
    if (!(metric in trends || metric in tallies)) continue
    // k6 knows no phases of ours.
    replaced[`gms_${metric}`] = [...(replaced[`gms_${metric}`] ?? []), expression.replace(/^\{.*\} /, '')]
  }
  return { ...(hasPushes ? ofPushes : {}), ...(hasNotifications ? ofNotifications : {}), ...usual, ...replaced }
}
