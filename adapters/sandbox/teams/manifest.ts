import { asArray, asObject, asText } from './json';
import type { Json, JsonObject, TeamsBotCommand, TeamsExtensionCommand } from './protocol';

/** What Teams takes from an app manifest. */
export interface AppFacts {
  botName: string;
  description: string;
  commands: TeamsBotCommand[];
  extensionCommands: TeamsExtensionCommand[];
  hearsChannels: boolean;
  takesFiles: boolean;
  scopes: string[];
}

/** Reads the manifest that an operator uploads. Throws with a sentence when it has no bot of this app id. */
export function readManifest(manifest: JsonObject, appId: string): AppFacts {
  const bots = asArray(manifest.bots).map(asObject);
  const bot = bots.find((one) => asText(one.botId).startsWith('${{') || asText(one.botId) === appId);
  if (bot === undefined) {
    throw new Error(`The Teams manifest has no bot with botId ${appId}; Teams would deliver nothing to it.`);
  }
  const name = asObject(manifest.name);
  return {
    botName: asText(name.short),
    description: asText(asObject(manifest.description).short),
    commands: commandsOf(bot),
    extensionCommands: extensionCommandsOf(manifest),
    hearsChannels: permissionsOf(manifest).includes('ChannelMessage.Read.Group'),
    takesFiles: bot.supportsFiles === true,
    scopes: texts(bot.scopes),
  };
}

function commandsOf(bot: JsonObject): TeamsBotCommand[] {
  return asArray(bot.commandLists)
    .map(asObject)
    .flatMap((list) =>
      asArray(list.commands)
        .map(asObject)
        .map((command) => ({
          title: asText(command.title),
          description: asText(command.description),
          scopes: scopesOf(list),
          triggers: triggersOf(list, bot),
        })),
    );
}

function scopesOf(list: JsonObject): TeamsBotCommand['scopes'] {
  const known = ['personal', 'team', 'groupChat'] as const;
  const given = texts(list.scopes).map((scope) => scope.toLowerCase());
  return known.filter((scope) => given.includes(scope.toLowerCase()));
}

// A slash trigger needs `supportsTargetedMessages` (manifest 1.29); without it the command stays in the @mention list.
function triggersOf(list: JsonObject, bot: JsonObject): TeamsBotCommand['triggers'] {
  const given = texts(list.triggers);
  if (given.length === 0) {
    return ['mention'];
  }
  const known = ['mention', 'slash'] as const;
  return known.filter(
    (trigger) => given.includes(trigger) && (trigger === 'mention' || bot.supportsTargetedMessages === true),
  );
}

function extensionCommandsOf(manifest: JsonObject): TeamsExtensionCommand[] {
  return asArray(manifest.composeExtensions)
    .map(asObject)
    .flatMap((extension) => asArray(extension.commands).map(asObject))
    .filter((command) => command.type === 'action')
    .map((command) => ({
      id: asText(command.id),
      title: asText(command.title),
      description: asText(command.description),
      contexts: contextsOf(command),
      slash: texts(command.triggers).includes('slash'),
    }));
}

// The schema's default for an action command's context.
function contextsOf(command: JsonObject): TeamsExtensionCommand['contexts'] {
  const known = ['compose', 'commandBox', 'message'] as const;
  const given = texts(command.context);
  return given.length === 0 ? ['compose', 'commandBox'] : known.filter((context) => given.includes(context));
}

function permissionsOf(manifest: JsonObject): string[] {
  const permissions = asObject(asObject(manifest.authorization).permissions);
  return asArray(permissions.resourceSpecific).map((one) => asText(asObject(one).name));
}

function texts(value: Json | undefined): string[] {
  return asArray(value).map(asText);
}
