import type { ChatServerHealth } from '../actors.ts'

/** Since the start of this instance. */
export interface ServerCounts {
  flexUsers: number
  sessionsCreated: number
  sessionsRestored: number
  eventsStored: number
  pushesSent: number
  pushesResent: number
  pushesLost: number
}

export function createServerCounts(): ServerCounts {
  return {
    flexUsers: 0,
    sessionsCreated: 0,
    sessionsRestored: 0,
    eventsStored: 0,
    pushesSent: 0,
    pushesResent: 0,
    pushesLost: 0,
  }
}

/** Members of the health answer, in the order of CS-114. */
export function healthOf(
  identity: Pick<ChatServerHealth, 'app_dbid' | 'process_os_pid'>,
  gauges: Pick<ChatServerHealth, 'sessions' | 'pushSubscriptions' | 'gmsNodes' | 'serviceUnavailable'>,
  counts: ServerCounts,
): ChatServerHealth {
  return {
    app_dbid: identity.app_dbid,
    process_os_pid: identity.process_os_pid,
    sessions: gauges.sessions,
    flexUsers: counts.flexUsers,
    pushSubscriptions: gauges.pushSubscriptions,
    gmsNodes: gauges.gmsNodes,
    sessionsCreated: counts.sessionsCreated,
    sessionsRestored: counts.sessionsRestored,
    eventsStored: counts.eventsStored,
    pushesSent: counts.pushesSent,
    pushesResent: counts.pushesResent,
    pushesLost: counts.pushesLost,
    serviceUnavailable: gauges.serviceUnavailable,
  }
}
