import type { TeamsSeed, TeamsWorldOptions } from '../../../adapters/sandbox/teams/options';
import type { JsonObject } from '../../../adapters/sandbox/teams/protocol';

export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const TENANT_ID = '99999999-0000-4000-8000-000000000001';
export const ADA = '29:ada';
export const BOB = '29:bob';
export const TEAM = '19:general@thread.tacv2';
export const TRIAGE = '19:triage@thread.tacv2';

export const seed: TeamsSeed = {
  users: [
    { id: ADA, aadObjectId: '00000000-0000-0000-0000-00000000ada0', name: 'Ada Agent', tz: 'America/New_York' },
    { id: BOB, aadObjectId: '00000000-0000-0000-0000-000000000b0b', name: 'Bob Builder' },
  ],
  teams: [
    {
      id: TEAM,
      aadGroupId: '00000000-0000-0000-0000-0000000000aa',
      name: 'Support',
      channels: [
        { id: TEAM, name: 'General' },
        { id: TRIAGE, name: 'Triage' },
      ],
    },
  ],
  messages: [{ conversation: TEAM, from: BOB, text: 'The printer is on fire', agoMs: 60_000 }],
};

/** The smallest manifest with everything that the emulator reads. */
export function manifest(parts: { hearsChannels?: boolean } = {}): JsonObject {
  return {
    manifestVersion: '1.29',
    name: { short: 'Baton', full: 'Baton cases' },
    description: { short: 'Support cases', full: 'Support cases' },
    bots: [
      {
        botId: APP_ID,
        scopes: ['personal', 'team'],
        supportsTargetedMessages: true,
        commandLists: [
          {
            scopes: ['personal', 'team'],
            triggers: ['mention', 'slash'],
            commands: [{ title: 'case list', description: 'Show the queue' }],
          },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: APP_ID,
        commands: [{ id: 'openCase', type: 'action', title: 'Open a case', context: ['message'], fetchTask: true }],
      },
    ],
    ...(parts.hearsChannels === true
      ? {
          authorization: {
            permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
          },
        }
      : {}),
  };
}

export function worldOptions(parts: Partial<TeamsWorldOptions> = {}): TeamsWorldOptions {
  return { seed, manifest: manifest(), appId: APP_ID, appPassword: 'secret', tenantId: TENANT_ID, ...parts };
}

export function adaptive(body: JsonObject[], actions: JsonObject[] = []): { contentType: string; content: JsonObject } {
  const content = { type: 'AdaptiveCard', version: '1.5', body, actions };
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}
