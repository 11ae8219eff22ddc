import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { type JwtPayload, sign } from 'jsonwebtoken';
import type { Json } from './protocol';

/** The key pair with which the emulated channel signs. */
export interface ChannelKeys {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** What a token says; a test that wants a bad one overrides a part of it. */
export interface TokenOverrides {
  aud?: string;
  iss?: string;
  /** null leaves the claim out. */
  serviceUrl?: string | null;
  /** Seconds from now until it ends; negative for an expired one. */
  expiresInS?: number;
  kid?: string;
  /** Signed by a key that was never published, under the known key id. */
  forged?: boolean;
  /** `alg: none`, no signature. */
  unsigned?: boolean;
  claims?: Record<string, string | number>;
}

const newPair = promisify(generateKeyPair);

export async function createKeys(): Promise<ChannelKeys> {
  const own = await newPair('rsa', { modulusLength: 2048 });
  const kid = Buffer.from(own.publicKey.export({ type: 'spki', format: 'der' }).subarray(-24)).toString('base64url');
  return { kid, privateKey: own.privateKey, publicKey: own.publicKey };
}

/** The key document; `endorsements` says for which channels a key may speak, which the SDK checks. */
export function keyDocument(keys: ChannelKeys): Json {
  const { n = '', e = '' } = keys.publicKey.export({ format: 'jwk' });
  return { keys: [{ kty: 'RSA', use: 'sig', kid: keys.kid, x5t: keys.kid, n, e, endorsements: ['msteams'] }] };
}

export interface TokenFacts {
  appId: string;
  issuer: string;
  serviceUrl: string;
}

/** A token as the channel sends it with each activity. Its times are the machine's: the SDK compares them with those. */
export function signToken(keys: ChannelKeys, facts: TokenFacts, overrides: TokenOverrides = {}): string {
  const nowS = Math.floor(Date.now() / 1000);
  const serviceUrl = overrides.serviceUrl === undefined ? facts.serviceUrl : overrides.serviceUrl;
  const payload: JwtPayload = {
    aud: overrides.aud ?? facts.appId,
    iss: overrides.iss ?? facts.issuer,
    nbf: nowS - 3600,
    iat: nowS - 60,
    exp: nowS + (overrides.expiresInS ?? 3600),
    ...(serviceUrl === null ? {} : { serviceurl: serviceUrl }),
    ...overrides.claims,
  };
  if (overrides.unsigned === true) {
    return sign(payload, '', { algorithm: 'none', keyid: overrides.kid ?? keys.kid });
  }
  const key = overrides.forged === true ? unpublishedKey() : keys.privateKey;
  return sign(payload, key, { algorithm: 'RS256', keyid: overrides.kid ?? keys.kid });
}

// Made only for a forgery: a key pair takes up to half a second.
function unpublishedKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}
