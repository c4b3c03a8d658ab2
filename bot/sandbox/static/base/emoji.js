// Emoji by Slack's names: what the picker offers, and what `:name:` in a text turns into. A name we
// do not know stays text. Called by reactions, the picker, completion and every text renderer.

const PICKER = `
bulb 💡 idea light|ladybug 🐞 lady_beetle bug problem|beetle 🪲 bug|white_check_mark ✅ done tick yes|eyes 👀 look
heart ❤️ love|+1 👍 thumbsup yes agree|-1 👎 thumbsdown no|tada 🎉 party celebrate|pray 🙏 thanks please
fire 🔥 hot|rocket 🚀 launch ship|raised_hands 🙌 hooray|clap 👏 applause|wave 👋 hello bye|muscle 💪 strong
question ❓ ask|exclamation ❗ important|warning ⚠️ careful|no_entry ⛔ stop|x ❌ no cancel|heavy_check_mark ✔️ tick
hourglass_flowing_sand ⏳ wait|alarm_clock ⏰ time|calendar 📆 date|bell 🔔 notify|pushpin 📌 pin|memo 📝 note
bookmark 🔖 save|mag 🔍 search|link 🔗 chain|lock 🔒 private|key 🔑 access|wrench 🔧 fix|hammer_and_wrench 🛠️ build
gear ⚙️ settings|chart_with_upwards_trend 📈 up growth|chart_with_downwards_trend 📉 down|bar_chart 📊 numbers
moneybag 💰 money|dart 🎯 goal target|trophy 🏆 win|star ⭐ favourite|sparkles ✨ new shiny|zap ⚡ fast
speech_balloon 💬 comment|thought_balloon 💭 think|mega 📣 announce|loudspeaker 📢 announce|envelope ✉️ mail
package 📦 ship box|construction 🚧 wip|traffic_light 🚥 status|red_circle 🔴 red|large_yellow_circle 🟡 yellow
large_green_circle 🟢 green|large_blue_circle 🔵 blue|white_circle ⚪ white|smile 😄 happy|joy 😂 laugh
slightly_smiling_face 🙂 happy|thinking_face 🤔 think hmm|sob 😭 cry|scream 😱 shock|sunglasses 😎 cool
heart_eyes 😍 love|hugging_face 🤗 hug|sweat_smile 😅 phew|cry 😢 sad|raised_hand ✋ stop hand|ok_hand 👌 fine
point_up ☝️ up|point_right 👉 this|handshake 🤝 deal agree|coffee ☕ break|cake 🍰 birthday|beers 🍻 cheers
palm_tree 🌴 holiday away|face_with_thermometer 🤒 sick|house 🏠 home|seedling 🌱 grow|sunny ☀️ sun|rainbow 🌈
100 💯 perfect|ship 🚢 release|checkered_flag 🏁 finish|vertical_traffic_light 🚦 status|scales ⚖️ decide balance`;

const ALSO = `
lady_beetle 🐞|thumbsup 👍|thumbsdown 👎|bug 🐛|ballot_box_with_check ☑️|heavy_plus_sign ➕|heavy_minus_sign ➖
information_source ℹ️|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄
clipboard 📋|date 📅|spiral_calendar_pad 🗓️|busts_in_silhouette 👥|bust_in_silhouette 👤|open_book 📖|book 📖
books 📚|inbox_tray 📥|outbox_tray 📤|mailbox_with_mail 📬|no_bell 🔕|crescent_moon 🌙|zzz 💤|stopwatch ⏱️
hourglass ⌛|black_circle ⚫|large_orange_circle 🟠|large_purple_circle 🟣|white_large_square ⬜|black_large_square ⬛
white_medium_square ◻️|small_blue_diamond 🔹|small_orange_diamond 🔸|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣
six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|grinning 😀|grin 😁|wink 😉|blush 😊|neutral_face 😐|angry 😠
rage 😡|disappointed 😞|confused 😕|worried 😟|relieved 😌|see_no_evil 🙈|skull 💀|ghost 👻|robot_face 🤖|brain 🧠
dog 🐶|cat 🐱|bee 🐝|turtle 🐢|snail 🐌|unicorn_face 🦄|parrot 🦜|owl 🦉|herb 🌿|four_leaf_clover 🍀|cherry_blossom 🌸
sunflower 🌻|pizza 🍕|apple 🍎|tea 🍵|tropical_drink 🍹|wine_glass 🍷|champagne 🍾|gift 🎁|balloon 🎈|medal 🏅
crown 👑|gem 💎|bomb 💣|anchor ⚓|airplane ✈️|car 🚗|bike 🚲|world_map 🗺️|globe_with_meridians 🌐|earth_africa 🌍
computer 💻|desktop_computer 🖥️|iphone 📱|phone ☎️|camera 📷|movie_camera 🎥|tv 📺|floppy_disk 💾|printer 🖨️
credit_card 💳|money_with_wings 💸|dollar 💵|euro 💶|label 🏷️|paperclip 📎|scissors ✂️|pencil2 ✏️|pencil 📝|unlock 🔓
shield 🛡️|test_tube 🧪|microscope 🔬|telescope 🔭|compass 🧭|triangular_flag_on_post 🚩|flag-gb 🇬🇧|flag-se 🇸🇪
flag-jp 🇯🇵|flag-us 🇺🇸|broken_heart 💔|blue_heart 💙|green_heart 💚|yellow_heart 💛|purple_heart 💜|orange_heart 🧡
black_heart 🖤|two_hearts 💕|grey_question ❔|grey_exclamation ❕|bangbang ‼️|interrobang ⁉️|recycle ♻️|infinity ♾️
no_good 🙅|ok_woman 🙆|shrug 🤷|facepalm 🤦|runner 🏃|walking 🚶|technologist 🧑‍💻|writing_hand ✍️|crossed_fingers 🤞
v ✌️|point_down 👇|point_left 👈|point_up_2 👆|raised_hand_with_fingers_splayed 🖐️|palms_up_together 🤲|nerd_face 🤓
partying_face 🥳|star-struck 🤩|melting_face 🫠|saluting_face 🫡|rotating_light 🚨|octagonal_sign 🛑|adhesive_bandage 🩹
thread 🧵|knot 🪢|jigsaw 🧩|bricks 🧱|ladder 🪜|hook 🪝|magnet 🧲|level_slider 🎚️|control_knobs 🎛️|art 🎨|ear 👂`;

const TONED = new Set(["+1", "-1", "thumbsup", "thumbsdown", "pray", "raised_hands", "clap", "wave", "muscle",
  "raised_hand", "ok_hand", "point_up", "point_right", "point_left", "point_down", "handshake", "v", "runner",
  "writing_hand", "crossed_fingers", "shrug", "facepalm", "walking"]);
const TONES = { 2: "🏻", 3: "🏼", 4: "🏽", 5: "🏾", 6: "🏿" };

const parse = (table) => table.trim().split(/[|\n]/).map((entry) => {
  const [name, char, ...words] = entry.split(" ");
  return { name, char, words };
});

export const choices = parse(PICKER);
const known = new Map([...parse(ALSO), ...choices].map(({ name, char }) => [name, char]));

/** The glyph of "wave", "wave::skin-tone-3" or an alias; null when unknown. */
export function glyph(full) {
  const [name, tone] = full.split("::skin-tone-");
  const char = known.get(name);
  if (!char) return null;
  return tone && TONED.has(name) ? char.replace("\uFE0F", "") + (TONES[tone] ?? "") : char;
}

export const takesTone = (name) => TONED.has(name);

/** Emoji whose name or words begin or contain the query, best first. */
export function find(query) {
  const want = query.toLowerCase().replaceAll(":", "").trim();
  if (!want) return choices;
  const score = ({ name, words }) =>
    name.startsWith(want) ? 0 : words.some((word) => word.startsWith(want)) ? 1 : name.includes(want) ? 2 : 9;
  return choices.filter((one) => score(one) < 9).sort((a, b) => score(a) - score(b));
}
