import { type Files, fileIdIn } from '../../story/files.ts'
import type { Story } from '../../story/story.ts'

/** A chat in which files may be uploaded: an agent has joined. */
export async function chatWithAgent({
  customer,
  agent,
  must,
}: Pick<Story, 'customer' | 'agent' | 'must'>): Promise<void> {
  must.ok(await customer.requestChat())
  await agent.joins()
}

/** The same, and the file endpoint for it: the push of the agent's join has a key of the CometD form (PUSH-046). */
export async function chatAtEndpoint({
  customer,
  agent,
  sink,
  must,
}: Pick<Story, 'customer' | 'agent' | 'sink' | 'must'>): Promise<Files> {
  must.ok(await customer.requestChat({ push: 'payload' }))
  await agent.joins()
  const { message } = await sink.nextPush()
  return customer.filesOf(String(message.secureKey))
}

/** Uploads and answers the id. */
export async function uploaded(
  files: Files,
  must: Story['must'],
  file: Parameters<Files['upload']>[0] = {},
): Promise<string> {
  const answer = await files.upload(file)
  must.ok(answer)
  return fileIdIn(answer)
}
