<?php
// The page: asks the station over uds:// and shows what it says. A message is its length, four bytes, and its bytes.
function ask(array $question): array {
    $station = stream_socket_client('unix://' . getenv('STATION'), $code, $reason, 5);
    if (!$station) {
        return ['error' => "the station does not answer: $reason"];
    }
    $text = json_encode($question);
    fwrite($station, pack('N', strlen($text)) . $text);
    $length = unpack('N', stream_get_contents($station, 4))[1];
    return json_decode(stream_get_contents($station, $length), true);
}

$answer = ask(['sensor' => $_GET['sensor'] ?? 'processor', 'last' => (int) ($_GET['last'] ?? 20)]);
$shown = fn($text) => htmlspecialchars((string) $text);
?>
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Three languages</title>
<h1>Measured in Python, calculated in C, shown by PHP</h1>
<form>
  Sensor <select name="sensor">
<?php foreach ($answer['sensors'] ?? [] as $sensor): ?>
    <option<?= $sensor === $answer['sensor'] ? ' selected' : '' ?>><?= $shown($sensor) ?></option>
<?php endforeach ?>
  </select>
  the last <input name="last" type="number" min="1" max="600" value="<?= $shown(count($answer['values'] ?? []) ?: 20) ?>">
  measurements <button>Calculate</button>
</form>
<?php if (isset($answer['error'])): ?>
<p><?= $shown($answer['error']) ?></p>
<?php else: ?>
<table>
<?php foreach (['least', 'mean', 'greatest', 'slope'] as $name): ?>
  <tr><th><?= $name ?></th><td><?= $shown(round($answer[$name], 2) . ' ' . $answer['unit']) ?></td></tr>
<?php endforeach ?>
</table>
<p>of <?= $shown(implode(' ', $answer['values'])) ?></p>
<?php endif ?>
</html>
