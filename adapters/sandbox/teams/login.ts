import { type Answer, ok } from './answers';

/** The tokens that the login emulator gave out, with the instants (machine time) at which they end. */
export type IssuedTokens = Map<string, number>;

export interface LoginFacts {
  tenantId: string;
  appId: string;
  appPassword: string;
  lifetimeMs: number;
}

/** POST {login}/{tenant}/oauth2/v2.0/token by client credentials, with the error codes of Microsoft Entra. */
export function issueToken(issued: IssuedTokens, facts: LoginFacts, tenant: string, form: URLSearchParams): Answer {
  if (tenant !== facts.tenantId && tenant !== 'botframework.com') {
    return denied(400, 'invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`);
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return denied(400, 'unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  }
  if (form.get('client_id') !== facts.appId) {
    return denied(400, 'unauthorized_client', 'AADSTS700016: Application was not found in the directory.');
  }
  if (form.get('client_secret') !== facts.appPassword) {
    return denied(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  if (form.get('scope') !== 'https://api.botframework.com/.default') {
    return denied(400, 'invalid_scope', 'AADSTS70011: The provided value for the scope is not valid.');
  }
  const token = `sandbox.${facts.appId}.${issued.size + 1}.${Date.now().toString(36)}`;
  issued.set(token, Date.now() + facts.lifetimeMs);
  const expiresIn = Math.floor(facts.lifetimeMs / 1000);
  return ok({ token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token });
}

/** Whether the header carries a token that was given out and has not ended. */
export function isBearerOf(issued: IssuedTokens, authorization: string | undefined): boolean {
  const token = authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : '';
  const endsAt = issued.get(token);
  return endsAt !== undefined && endsAt > Date.now();
}

function denied(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}
