/**
 * The device id of a session, `cg-<run>-<shard>-<session>`: it comes back unchanged in each push (PUSH-022), so a POST
 * is routed to its shard and joined with its session without any state in the receiver.
 */
export interface DeviceId {
  run: string
  shard: number
  session: number
}

const pattern = /^cg-([0-9a-z]+)-(\d+)-(\d+)$/

export function writeDeviceId(id: DeviceId): string {
  return `cg-${id.run}-${id.shard}-${id.session}`
}

/** @returns undefined when the device is not one of ours. */
export function readDeviceId(text: string): DeviceId | undefined {
  const parts = pattern.exec(text)
  return parts ? { run: parts[1]!, shard: Number(parts[2]), session: Number(parts[3]) } : undefined
}

/** User data of request chat that only the scripted agent reads; a real GMS attaches and ignores it (CV2-074). */
export const sessionUserData = 'chatgauge_session'
/** Planned instant (epoch ms) at which the scripted agent closes this chat; absent = it does not. */
export const agentClosesAtUserData = 'chatgauge_agent_closes_at'
