import { createCipheriv } from 'node:crypto'

/** What a token stands for (CV2-125); the service only where GCTI_GMS_ClientChannel asks for it (PUSH-047). */
export interface TokenContent {
  chatId: string
  secureKey: string
  service: string
  clientChannel?: string
}

export type WriteToken = (content: TokenContent) => string

const blockBytes = 16
/** A token costs a tenth of a whole POST, and a session's pushes come in groups: about 1 MB saves it most of the time. */
const keptTokens = 4096

/**
 * The opaque CometD key of `message.secureKey` (OQ-08): deterministic, and readable for each node of the cluster that has
 * `clusterKey` (16 bytes). One cipher object serves all tokens: in ECB mode blocks do not depend on each other, and a new
 * object for each push would cost more than the rest of its body. The raw key is random, so equal blocks tell nothing.
 */
export function createTokenWriter(clusterKey: Buffer): WriteToken {
  const cipher = createCipheriv('aes-128-ecb', clusterKey, null).setAutoPadding(false)
  const tokenByKey = new Map<string, string>()

  const write: WriteToken = content => {
    const service = content.clientChannel === undefined ? '' : content.service
    const text = `${content.secureKey}\n${content.chatId}\n${service}`
    const length = Buffer.byteLength(text)
    // A line break pads, since a service name cannot contain one.
    const plain = Buffer.alloc(Math.ceil(length / blockBytes) * blockBytes, 10)
    plain.write(text)
    return cipher.update(plain).toString('base64url')
  }

  return content => {
    // A raw key belongs to one session, whose client channel does not change.
    let token = tokenByKey.get(content.secureKey)
    if (token === undefined) {
      token = write(content)
      if (tokenByKey.size >= keptTokens) tokenByKey.delete(tokenByKey.keys().next().value!)
      tokenByKey.set(content.secureKey, token)
    }
    return token
  }
}
