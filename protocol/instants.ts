/** The instants of an event on the message path, in the order in which they happen (docs/reference/metrics.md). */
export const instants = [
  'planned',
  'ready',
  'sent',
  'accepted',
  'queued',
  'begun',
  'answered',
  'received',
  'validated',
  'confirmed',
] as const
export type Instant = (typeof instants)[number]

/** The phases of a run. An event belongs to the phase of its planned instant, whenever it arrives. */
export const phases = ['warm-up', 'steady', 'drain'] as const
export type Phase = (typeof phases)[number]

/**
 * Latency metrics, milliseconds. `hasRaw`: a second series `<name>_raw` counts from `sent` instead of `planned`.
 * `needsTrace`: absent where the target streams no trace.
 */
export const latencyMetrics = {
  push_latency: { from: 'planned', to: 'received', hasRaw: true, needsTrace: false },
  push_pipeline: { from: 'accepted', to: 'received', hasRaw: false, needsTrace: true },
  queue_wait: { from: 'queued', to: 'begun', hasRaw: false, needsTrace: true },
  push_service_time: { from: 'begun', to: 'answered', hasRaw: false, needsTrace: true },
  request_chat_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  send_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  refresh_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  ping_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  disconnect_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  upload_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  download_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  notification_latency: { from: 'planned', to: 'received', hasRaw: true, needsTrace: false },
  resume_latency: { from: 'planned', to: 'answered', hasRaw: true, needsTrace: false },
  confirm_time: { from: 'received', to: 'confirmed', hasRaw: false, needsTrace: false },
  wakeup_delay: { from: 'received', to: 'sent', hasRaw: false, needsTrace: false },
  schedule_lateness: { from: 'ready', to: 'sent', hasRaw: false, needsTrace: false },
  intake_delay: { from: 'sent', to: 'received', hasRaw: false, needsTrace: false },
  hearing_delay: { from: 'received', to: 'validated', hasRaw: false, needsTrace: false },
  sample_lag: { from: 'sent', to: 'received', hasRaw: false, needsTrace: false },
} as const satisfies Record<string, { from: string; to: string; hasRaw: boolean; needsTrace: boolean }>
export type LatencyMetric = keyof typeof latencyMetrics
/** A latency metric or its raw form, as thresholds, histograms and result.json name it. */
export type Series = LatencyMetric | `${LatencyMetric}_raw`

export const counters = [
  'sessions_started',
  'sessions_live',
  'sessions_without_push',
  'sessions_without_ping',
  'messages_sent',
  'pings_sent',
  'files_uploaded',
  'files_downloaded',
  'files_refused',
  'pushes_received',
  'pushes_repeated',
  'pushes_duplicate',
  'pushes_foreign',
  'pushes_lost',
  'pushes_open',
  'pushes_out_of_order',
  'notifications_received',
  'notifications_by_resume',
  'notifications_repeated',
  'notifications_duplicate',
  'notifications_foreign',
  'notifications_lost',
  'notifications_open',
  'notifications_out_of_order',
  'connections_lost',
  'connections_resumed',
  'schema_violations',
  'rule_violations',
  'requests_failed',
  'ended_in_flight',
  'dropped_iterations',
  'actions_blocked',
] as const
export type Counter = (typeof counters)[number]
