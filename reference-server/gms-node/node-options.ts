/** The options that a node reads while it serves; each call gives the value now in force. */
export interface NodeOptions {
  /** OPT-085: a service exists when its section exists. */
  hasService(service: string): boolean
  /** `push_notification_include_payload` of the service (PUSH-028). */
  includePayload(service: string): boolean
  /** OPT-086; undefined = no authentication. */
  credentials(service: string): Credentials | undefined
  maxMessageBytes(): number
  maxBodyBytes(): number
  /** Node status API. */
  adminCredentials(): Credentials
}

export interface Credentials {
  username: string
  password: string
}
