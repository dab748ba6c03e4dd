#pragma once

// libqrencode: the squares of a QR code.

#include <qrencode.h>
